#!/usr/bin/env bash
# Installs the Pulumi CLI in the version of the SDK (package.json), held to the checksum in programs.lock.json.
#   scripts/ci/install-pulumi.sh FOLDER
# FOLDER/pulumi then holds the programs.
set -euo pipefail

folder=$1
project=$(cd "$(dirname "$0")/../.." && pwd)
list=programs.lock.json
version=$(node --print 'require(process.argv[1]).dependencies["@pulumi/pulumi"]' "$project/package.json")
archive=pulumi-v$version-linux-x64.tar.gz
release=github.com/pulumi/pulumi/releases/download/v$version/$archive

# The release's own list would vouch for whatever stands beside it.
checksum=$(test ! -e "$project/$list" || node --print 'require(process.argv[1])[process.argv[2]] ?? ""' "$project/$list" "$release")
if ! [[ $checksum =~ ^[0-9a-f]{64}$ ]]; then
  echo "$list has no checksum of $archive: run \"npm run programs:lock\" where upstream can be reached, review and commit it" >&2
  exit 1
fi
mkdir -p "$folder"
cd "$folder"
curl --fail --silent --show-error --location --proto '=https' --proto-redir '=https' --retry 3 --output "$archive" \
  "https://$release"
if ! sha256sum --check --strict --status <<< "$checksum  $archive"; then
  rm "$archive"
  echo "$archive has not the checksum in $list: nothing of it is used" >&2
  exit 1
fi
tar --extract --gzip --file "$archive"
rm "$archive"
