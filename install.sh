#!/usr/bin/env bash
# Builds cairn and puts it into your own bin folder. Needs no root; safe to run again.
#
#   ./install.sh                 build and install
#   ./install.sh --uninstall     remove what was installed (not your store or configuration)
#   ./install.sh --prefix DIR    install under DIR instead of ~/.local
#   ./install.sh --framework     do not try a native binary
set -euo pipefail

prefix=${CAIRN_PREFIX:-$HOME/.local}
action=install
native=try
while [ $# -gt 0 ]; do
  case $1 in
    --uninstall) action=uninstall ;;
    --framework) native=no ;;
    --prefix) [ $# -ge 2 ] || { echo "install.sh: --prefix needs a folder" >&2; exit 2; }; prefix=$2; shift ;;
    -h|--help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "install.sh: unknown option $1 (see ./install.sh --help)" >&2; exit 2 ;;
  esac
  shift
done

bin=$prefix/bin
home=$prefix/lib/cairn
link=$bin/cairn

if [ "$action" = uninstall ]; then
  removed=
  if [ "$(readlink "$link" 2>/dev/null)" = "$home/cairn" ]; then rm -f "$link"; removed="$removed $link"; fi
  if [ -d "$home" ]; then rm -rf "$home"; removed="$removed $home"; fi
  if [ -n "$removed" ]; then echo "removed$removed"; else echo "nothing to remove under $prefix"; fi
  exit 0
fi

source=$(cd "$(dirname "$0")" && pwd)
if ! command -v dotnet >/dev/null 2>&1; then
  echo "install.sh: the .NET SDK 10 is missing; install it and run this again: https://dot.net/download" >&2
  exit 1
fi
if ! dotnet --list-sdks | grep -q '^1[0-9]\.'; then
  echo "install.sh: needs the .NET SDK 10 or newer; found: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')" >&2
  exit 1
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
log=$build/log
case $(uname -s)-$(uname -m) in
  Linux-x86_64) rid=linux-x64 ;;
  Linux-aarch64) rid=linux-arm64 ;;
  Darwin-arm64) rid=osx-arm64 ;;
  Darwin-x86_64) rid=osx-x64 ;;
  *) rid= ;;
esac

publish() { dotnet publish "$source/src/Tui/Tui.csproj" -c Release -v q --artifacts-path "$build/artifacts" -o "$build/out" "$@" >"$log" 2>&1; }

# A native binary starts ten times faster. Its compiler comes as a package; .NET 10's first, else .NET 9's.
kind=
if [ "$native" = try ] && [ -n "$rid" ] && command -v cc >/dev/null 2>&1; then
  for framework in net10.0 net9.0; do
    echo "building a native binary ($framework) ..."
    if publish -r "$rid" -p:NativeFramework="$framework" && "$build/out/cairn" --version >/dev/null 2>&1; then
      kind="native, $framework"
      break
    fi
    rm -rf "$build/artifacts" "$build/out"
  done
  [ -n "$kind" ] || echo "no native compiler to be had here; building for the installed runtime"
fi
if [ -z "$kind" ]; then
  if ! publish; then
    cat "$log" >&2
    echo "install.sh: the build failed; the lines above say why" >&2
    exit 1
  fi
  kind="needs the .NET 10 runtime"
fi
rm -f "$build/out"/*.dbg "$build/out"/*.pdb

mkdir -p "$bin" "$prefix/lib"
rm -rf "$home.new"
cp -R "$build/out" "$home.new"
rm -rf "$home.old"
[ ! -d "$home" ] || mv "$home" "$home.old"
mv "$home.new" "$home"
rm -rf "$home.old"
ln -sfn "$home/cairn" "$link"

echo "installed $("$link" --version) ($kind)"
echo "  program  $link"
case ":$PATH:" in
  *":$bin:"*) echo "  next     cairn demo" ;;
  *) echo "  $bin is not on your PATH; for this shell and the next ones:"
     echo "    export PATH=\"$bin:\$PATH\"" ;;
esac
