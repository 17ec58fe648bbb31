#!/usr/bin/env bash
# re2js 2.10.0; Go 1.25 or newer: its package regexp
# Expected: re2js is RE2 in JavaScript, ported from Go's and Java's, so a pattern that it compiles is one that a program in Go compiles,
#   such as a Collector whose configuration is checked before it gets there.
# Seen: in 150,000 random patterns all that both compile match alike, but \p{…} knows other names on each side. re2js takes binary
#   properties of Unicode and newer scripts, as JavaScript's own /u does, which RE2 has never had: \p{Alphabetic}, \p{White_Space},
#   \p{Uppercase}, \p{Hex_Digit}. Go refuses these, and takes since 1.25 long and small names of categories and scripts and
#   \p{ASCII}, which re2js refuses.
# Found: by compiling random patterns with both, and then every kind of name within \p{…}.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts re2js@2.10.0 >/dev/null
cat >compile.mjs <<'JAVASCRIPT'
import { RE2JS } from "re2js";

const compiles = (pattern) => {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch {
    return false;
  }
};
console.log(process.argv.slice(2).filter(compiles).join(" "));
JAVASCRIPT
printf 'module example.org/compile\n\ngo 1.25\n' >go.mod
cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

func main() {
	taken := []string{}
	for _, pattern := range os.Args[1:] {
		if _, err := regexp.Compile(pattern); err == nil {
			taken = append(taken, pattern)
		}
	}
	fmt.Println(strings.Join(taken, " "))
}
GO
go build -o compile . 2>build.log || { cat build.log; exit 1; }
patterns=('\p{L}' '\p{Greek}' '\p{Alphabetic}' '\P{White_Space}' '\p{Uppercase}' '\p{Hex_Digit}' '\p{Dash}'
  '\p{Letter}' '\p{lu}' '\p{greek}' '\p{ASCII}')

status=0
check() {
  local seen
  seen=$("${@:3}" "${patterns[@]}")
  echo "$1 compiles $seen"
  [ "$seen" = "$2" ] || { echo "  changed: it was $2"; status=1; }
}
echo "of ${patterns[*]}"
check re2js '\p{L} \p{Greek} \p{Alphabetic} \P{White_Space} \p{Uppercase} \p{Hex_Digit} \p{Dash}' node compile.mjs
check Go '\p{L} \p{Greek} \p{Letter} \p{lu} \p{greek} \p{ASCII}' ./compile
exit $status
