#!/usr/bin/env bash
# Proposes what npm run artifacts:lock, images:lock and programs:lock wrote as a pull request on main.
#   scripts/ci/propose-checksums.sh
# By GitHub's API: no credentials are left in the checkout. Needs GITHUB_REPOSITORY and the rights of GH_TOKEN.
set -euo pipefail

cd "$(dirname "$0")/../.."
branch=checksums
api=repos/$GITHUB_REPOSITORY
changed=$(git status --porcelain -- artifacts.lock.json images.lock.json programs.lock.json | cut -c4-)
if [ -z "$changed" ]; then
  echo "all checksums are recorded already"
  exit 0
fi
head=$(git rev-parse HEAD)
# An older proposal is written anew from main.
gh api --silent --method DELETE "$api/git/refs/heads/$branch" 2> /dev/null || true
gh api --silent --method POST "$api/git/refs" --raw-field "ref=refs/heads/$branch" --raw-field "sha=$head"
for file in $changed; do
  before=$(git rev-parse --quiet --verify "HEAD:$file" || true)
  gh api --silent --method PUT "$api/contents/$file" --raw-field "branch=$branch" --raw-field "message=Checksums from upstream: $file" \
    --raw-field "content=$(base64 --wrap=0 < "$file")" ${before:+--raw-field "sha=$before"}
done
gh pr create --repo "$GITHUB_REPOSITORY" --head "$branch" --base main --title "Checksums from upstream" \
  --body "Written by \`npm run artifacts:lock\`, \`images:lock\` and \`programs:lock\`. Compare them with what the releases say before you merge."
