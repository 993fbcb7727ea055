#!/usr/bin/env bash
# Records docs/guide/first-session.md: drives the real program in tmux and keeps its screens exactly as captured.
# docs/guide/record.sh [PATH/TO/cairn]        needs tmux; without a path it takes the `cairn` of the PATH
set -euo pipefail
cairn=$(realpath "$(command -v "${1:-cairn}")")
page=$(dirname "$(realpath "$0")")/first-session.md
work=$(mktemp -d)
trap 'tmux -L "$socket" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
socket=cairn-guide-$$
tmux() { command tmux -u -f /dev/null -L "$socket" "$@"; }

keys() { for key in "$@"; do tmux send-keys "$key"; done; }
say() { cat >>"$work/page"; echo >>"$work/page"; }

# frame TEXT [ABSENT]: waits until the screen has TEXT and not ABSENT, and twice looks the same; then keeps it.
frame() {
    local screen last='' i
    for i in $(seq 200); do
        screen=$(tmux capture-pane -p | sed 's/ *$//')
        if [[ $screen == *"$1"* && ( -z ${2-} || $screen != *"$2"* ) && $screen == "$last" ]]; then
            printf '```text\n%s\n```\n\n' "$screen" >>"$work/page"
            return
        fi
        last=$screen
        sleep 0.1
    done
    printf 'never saw %s:\n%s\n' "$1" "$screen" >&2
    exit 1
}

tmux new-session -d -x 80 -y 24 -c "$work" \
    "exec env CAIRN_HOME='$work/home' LC_ALL=C.UTF-8 TERM=tmux-256color '$cairn' demo tidelog --to '$work/tidelog'"

say <<'TEXT'
# A first session

Recorded by [`record.sh`](record.sh) from the real program in a window of 80x24; every screen is as it was captured.

## Looking

`cairn demo tidelog` writes a small project and a feed of packages into a scratch folder and opens it. It needs no network.
The list has what the manifest asks for; under it stands what is known about the marked package.
TEXT
frame 'testkit' 'opening'

say <<'TEXT'
`p` says what an install would do, `Enter` does it: here all versions are locked already and only have to be put in place.
TEXT
keys p
frame '[ Apply ]' 'solving'
keys Enter
frame 'Applied:'

say <<'TEXT'
`2` is the tree of everything that is installed. On `crc32`, which the manifest does not name, the lines below say who
brought it and what would become of it.
TEXT
keys 2 / c r c Enter
frame 'Why is it here?'

say <<'TEXT'
## Breaking it

`3` searches as you type: part of a name, or words about it. `Down` goes to the results.
TEXT
keys 3 a u t h Down
frame 'Here'

say <<'TEXT'
`a` stages it. Nothing is written yet: the plan is solved in the background, and the row above the keys says what came of it.
TEXT
keys a
frame 'solved,'

say <<'TEXT'
The same with `web-kit`, whose newest major wants another major of a package that `auth-kit` needs:
TEXT
keys / C-u w e b Down
frame 'web-kit 2'
keys a
frame 'f says why'

say <<'TEXT'
## Reading why, and repairing it

`f` tells the reason in numbered lines, each a fact with its place in your manifest or a rule of a release, and lists
repairs. Each of them was solved in full before it was listed: they work.
TEXT
keys f
frame 'Repairs that work'

say <<'TEXT'
`Enter` on the first one stages it, and the plan has a solution.
TEXT
keys Enter
frame 'solved,'

say <<'TEXT'
`p` is the review: the lines of the manifest, the changes of the lockfile, what is fetched, and the command that does the same.
TEXT
keys p
frame 'cairn.toml' 'solving'

say <<'TEXT'
`Enter` applies it: packages, manifest and lockfile, all or nothing.
TEXT
keys Enter
frame 'Applied:'

say <<'TEXT'
## Taking it back

`u` takes back the last change, also one that was applied; `Ctrl-R` does it again. `q` leaves, `?` lists all keys.
TEXT
keys 1
sleep 0.3
keys u
frame 'Taken back:'
keys q

say <<'TEXT'
The same work without the screen: `cairn add auth-kit@^1.1 web-kit@^2` at a terminal asks which repair to take,
`cairn --headless add …` prints them, and `cairn undo` takes it back. [All verbs](../cli/README.md), [all screens](../SCREEN.md).
TEXT

printf '%s\n' "$(cat "$work/page")" >"$page"
echo "wrote $page"
