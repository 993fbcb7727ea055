#!/usr/bin/env bash
# Real packages, end to end: about forty from npm by the ordinary client, each through `cairn migrate` and
# `cairn publish` into a folder feed, installed by `cairn install` into node_modules, and an application run by node.
# usage: tests/real-npm.sh [CAIRN]      nothing is left behind; says "skipped" where npm or the network is missing
set -euo pipefail

cairn=$(command -v "${1:-cairn}" || true)
[ -n "$cairn" ] || { echo "skipped: no cairn; give its path"; exit 0; }
cairn=$(realpath "$cairn")
for tool in npm node tar; do
  command -v "$tool" > /dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done

work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
export CAIRN_HOME="$work/home"

# What the application needs, and all that those need, one version of each.
packages="
  yargs@17.7.2 cliui@8.0.1 escalade@3.1.1 get-caller-file@2.0.5 require-directory@2.1.1 string-width@4.2.3 y18n@5.0.8
  yargs-parser@21.1.1 strip-ansi@6.0.1 wrap-ansi@7.0.0 ansi-regex@5.0.1 emoji-regex@8.0.0 is-fullwidth-code-point@3.0.0
  ansi-styles@4.3.0 color-convert@2.0.1 color-name@1.1.4 chalk@4.1.2 supports-color@7.2.0 has-flag@4.0.0 lodash@4.17.21
  semver@7.5.4 lru-cache@6.0.0 yallist@4.0.0 debug@4.3.4 ms@2.1.2 minimatch@3.1.2 brace-expansion@1.1.11
  balanced-match@1.0.2 concat-map@0.0.1 glob@7.2.3 fs.realpath@1.0.0 inflight@1.0.6 inherits@2.0.4 once@1.4.0
  path-is-absolute@1.0.1 wrappy@1.0.2 rimraf@3.0.2 mkdirp@1.0.4 commander@11.1.0 uuid@9.0.1
"

echo "packing $(echo $packages | wc -w) packages with npm"
mkdir "$work/packed"
if ! (cd "$work/packed" && npm pack --silent $packages > /dev/null 2> "$work/npm.log"); then
  echo "skipped: npm could not pack: $(head -n 1 "$work/npm.log")"
  exit 0
fi

"$cairn" --headless --quiet feed init "$work/feed" --id real.npm
"$cairn" --headless --quiet registry add main "$work/feed"
published=0
for archive in "$work"/packed/*.tgz; do
  folder="$work/unpacked/$(basename "$archive" .tgz)"
  mkdir -p "$folder"
  tar -xzf "$archive" -C "$folder" --strip-components=1
  (cd "$folder" && "$cairn" --headless --quiet migrate --from npm > /dev/null && "$cairn" --headless --quiet publish > /dev/null)
  published=$((published + 1))
done
echo "published $published packages"
"$cairn" --headless feed check "$work/feed"

mkdir "$work/app"
cat > "$work/app/cairn.toml" << 'TOML'
[package]
name = "app"
version = "1.0.0"

[dependencies]
yargs = "^17.0.0"
chalk = "^4.1.0"
lodash = "^4.17.0"
semver = "^7.5.0"
rimraf = "^3.0.0"
mkdirp = "^1.0.0"
debug = "^4.3.0"
commander = "^11.0.0"
uuid = "^9.0.0"

[install]
directory = "node_modules"
TOML
cat > "$work/app/app.js" << 'JS'
const yargs = require('yargs/yargs')
const chalk = require('chalk')
const _ = require('lodash')
const semver = require('semver')
const glob = require('glob')
require('rimraf'); require('mkdirp'); require('debug'); require('commander'); require('uuid')

const given = yargs(process.argv.slice(2)).option('from', { type: 'string' }).parse()
const versions = _.sortBy(['1.10.0', '1.9.0', given.from], v => semver.major(v) * 1000 + semver.minor(v))
console.log(chalk.green(versions.join(' ')), glob.sync('*.js').length)
JS

cd "$work/app"
"$cairn" --headless install
result=$(node app.js --from 1.2.3)
[ "$result" = "1.2.3 1.9.0 1.10.0 1" ] || { echo "failed: the application printed: $result"; exit 1; }
"$cairn" --headless install | grep -q "nothing to do" || { echo "failed: the second install was not a no-op"; exit 1; }
echo "the application ran: $result"
echo "$(ls node_modules | grep -vc cairn-map) packages in node_modules, $published published: passed"
