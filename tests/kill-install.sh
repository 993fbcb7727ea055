#!/usr/bin/env bash
# Kills `cairn install` at 50 random moments (or as many as given) and checks that the project is entirely old or
# entirely new each time, and heals. usage: tests/kill-install.sh [KILLS]
set -euo pipefail
cd "$(dirname "$0")/.."
CAIRN_KILLS=${1:-50} exec dotnet test --project tests/EndToEnd.Tests --filter-class Registry.EndToEnd.Tests.KilledInstallTests --output Detailed
