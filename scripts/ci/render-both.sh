#!/usr/bin/env bash
# Writes what is inside the operators' releases, before and after a change, for `npm run diff -- --rendered FOLDER`.
#   scripts/ci/render-both.sh COMMIT FOLDER
# Needs the artifacts, from upstream or a mirror; COMMIT is what the change is compared with.
set -euo pipefail

commit=$1
folder=$2
project=$(cd "$(dirname "$0")/../.." && pwd)
base=$(mktemp -d)
trap 'git -C "$project" worktree remove --force "$base/project"; rmdir "$base"' EXIT

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
git -C "$project" worktree add --quiet --detach "$base/project" "$commit"
for stack in dev staging prod; do
  npm --prefix "$base/project" run --silent render -- --stack "$stack" --out "$folder/before/$stack"
  npm --prefix "$project" run --silent render -- --stack "$stack" --out "$folder/after/$stack"
done
