#!/usr/bin/env bash
# Installs the Pulumi CLI in the version of the SDK (package.json), held to the checksum that its release names.
#   scripts/ci/install-pulumi.sh FOLDER
# FOLDER/pulumi then holds the programs.
set -euo pipefail

folder=$1
project=$(cd "$(dirname "$0")/../.." && pwd)
version=$(node --print 'require(process.argv[1]).dependencies["@pulumi/pulumi"]' "$project/package.json")
archive=pulumi-v$version-linux-x64.tar.gz
release=https://github.com/pulumi/pulumi/releases/download/v$version

mkdir -p "$folder"
cd "$folder"
curl --fail --silent --show-error --location --retry 3 --output "$archive" "$release/$archive"
curl --fail --silent --show-error --location --retry 3 --output checksums.txt "$release/pulumi-$version-checksums.txt"
# A list without a line for the archive must not pass for a good one.
grep " $archive\$" checksums.txt | sha256sum --check --strict -
tar --extract --gzip --file "$archive"
rm "$archive" checksums.txt
