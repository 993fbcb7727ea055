#!/usr/bin/env bash
# Builds samples/feed from samples/packages: one text file a package, a section a file (`-- VERSION/path --`), where a
# version has all files of the one before it except those it writes anew. Same input, same bytes.
# usage: samples/build-feed.sh [CAIRN] [FEED]
set -euo pipefail
cd "$(dirname "$0")"
cairn=${1:-cairn}
feed=${2:-feed}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk -v out="$work" '
  FNR == 1 { package = FILENAME; sub(/.*\//, "", package); sub(/\.txt$/, "", package); version = ""; close(path); path = "" }
  match($0, /^-- [^\/]+\/.+ --$/) {
    close(path)
    section = substr($0, 4, length($0) - 6)
    slash = index(section, "/")
    next_version = substr(section, 1, slash - 1)
    base = out "/" package "/"
    if (next_version != version) {
      system("mkdir -p " base next_version (version == "" ? "" : " && cp -R " base version "/. " base next_version))
      version = next_version
    }
    path = base section
    folder = path; sub(/\/[^\/]*$/, "", folder)
    system("mkdir -p " folder)
    printf "" > path
    next
  }
  path != "" { print > path }
' packages/*.txt

rm -rf "$feed"
"$cairn" --headless feed init "$feed" --id samples.cairn --name "Cairn samples"

# The first version of every package in January, the second in March and so on, so that `--as-of` has something to choose.
for package in "$work"/*/; do
  month=1
  for version in $(ls "$package" | sort -t. -k1,1n -k2,2n -k3,3n); do
    cp packages/LICENSE "$package$version/LICENSE"
    printf '%s\n' "$package$version" >> "$work/2026-0$month"
    month=$((month + 2))
  done
done
for wave in "$work"/2026-0?; do
  tr '\n' '\0' < "$wave" | xargs -0 "$cairn" --headless --quiet feed add "$feed" --published "$(basename "$wave")-15T12:00:00Z"
done
"$cairn" --headless --quiet feed yank "$feed" csv@1.1.0 --reason "loses the last field of a line" --at 2026-03-20T12:00:00Z
"$cairn" --headless --quiet feed advisories "$feed" advisories --published 2026-07-01T12:00:00Z
rm -f "$feed/.writer"
"$cairn" --headless --quiet feed check "$feed"
