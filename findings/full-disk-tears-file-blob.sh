#!/usr/bin/env bash
# gocloud.dev/blob/fileblob v0.46.1-0.20260810195832-b5401c07b5f1, as pulumi 3.274.1 builds it in for its file backend
#   (Go 1.25 or newer; Linux, as a user who may mount)
# Expected: a blob is written to a temporary file and renamed, so a write that fails, on a full disk for instance, leaves the
#   old blob as it was.
# Seen: WriteAll reports "no space left on device" and all the same renames the part that was written into the place of the old
#   blob. With Pulumi's file backend the stack's state is then torn, and after the next attempt its copy .bak too; `pulumi stack
#   export` and every other command can read neither.
# Found: by letting `pulumi up` fill a small file system and reading what was left of the state.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'GO'
module example.org/full

go 1.25

require gocloud.dev v0.46.1-0.20260810195832-b5401c07b5f1
GO
cat >main.go <<'GO'
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"gocloud.dev/blob/fileblob"
)

func main() {
	ctx := context.Background()
	bucket, err := fileblob.OpenBucket(os.Args[1], &fileblob.Options{NoTempDir: true})
	if err != nil {
		panic(err)
	}
	fmt.Println("first write:", bucket.WriteAll(ctx, "state", bytes.Repeat([]byte("a"), 30<<10), nil) == nil)
	fmt.Println("second write, larger than the room:", bucket.WriteAll(ctx, "state", bytes.Repeat([]byte("b"), 60<<10), nil) == nil)
	data, err := bucket.ReadAll(ctx, "state")
	fmt.Println("then it reads:", len(data) == 30<<10 && data[0] == 'a', len(data) > 0 && data[0] == 'b' && len(data) < 60<<10, err == nil)
}
GO
GOFLAGS=-mod=mod go build -o full . 2>build.log || { cat build.log; exit 1; }
mkdir small
seen=$(unshare --mount sh -c 'mount -t tmpfs -o size=72k none small && ./full "$PWD/small"')
expected='first write: true
second write, larger than the room: false
then it reads: false true true'
echo "$seen"
echo "(the last line: the old blob? a torn new one? without an error?)"
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
