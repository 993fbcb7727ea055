#!/bin/sh
# Compiles the program and its check against what `cairn install` put into packages/.
set -e
cd "$(dirname "$0")"
mkdir -p out
include=; sources=
for package in packages/*/; do
  include="$include -I${package}include"
  case $package in packages/testkit/) ;; *) sources="$sources $(echo "$package"src/*.c)" ;; esac
done
cc -std=c11 -O2 -Wall -DSLOG_COLOUR $include -o out/tidelog src/main.c $sources
cc -std=c11 -O2 -Wall -DSLOG_COLOUR $include -o out/check tests/check.c packages/testkit/src/*.c $sources
out/check
out/tidelog --weekday
