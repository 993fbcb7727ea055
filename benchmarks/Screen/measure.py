#!/usr/bin/env python3
"""Times full-screen programs in a pseudo-terminal: start to first frame, key to frame, wake-ups when idle, memory.

    benchmarks/Screen/measure.py [--runs 21] [--keys 300] [--only cairn,htop] [--urgent] [--names 118000]

Builds Cairn framework-dependent and, where `install.sh` can, native; measures both and what is there of aptitude, htop and
tig by the same rules, and prints a table. Milliseconds. Only the standard library.

first frame   from the start of the process to the first text on the screen
useful frame  to the first of the program's own content (the project's dependencies, packages, processes, commits)
key           from a key to the last byte before silence
idle          how often a thread went to sleep by itself, which is how often one woke up, for a second
filter        key to frame while typing and deleting in the search among --names: that many, from the public lists in --data

--urgent gives program and harness real-time priority: near an idle machine on one that others use too (needs root).
"""
import argparse, fcntl, gzip, hashlib, os, pty, re, select, shutil, struct, subprocess, sys, tempfile, termios, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SILENCE = 0.02
TEXT = re.compile(rb"[A-Za-z]{2}")
SEQUENCES = re.compile(rb"\x1b(\][^\x07\x1b]*(\x07|\x1b\\|$)|\[[0-9;?<>=$]*([@-~]|$)|[()].|.)")
REPLIES = {  # what a usual terminal answers, so that nobody waits for an answer that never comes
    b"\x1b]11;?": b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[6n": b"\x1b[2;2R",
}


class Program:
    def __init__(self, name, command, see, moves, leave=b"q", folder=ROOT, environment=None):
        self.name, self.command, self.see, self.moves, self.leave = name, command, see.encode(), moves, leave
        self.folder, self.environment = folder, environment or {}


class Screen:
    """A program in a terminal of its own."""

    def __init__(self, program, urgent, columns=120, rows=36):
        self.began = time.monotonic()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir(program.folder)
            if urgent:
                os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))
            known = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
            os.execvpe(program.command[0], program.command, {**os.environ, **known, **program.environment})

    def read(self, wanted=None, limit=30.0):
        """Everything up to the first text, or to `wanted`, and when that came."""
        seen, end = b"", time.monotonic() + limit
        while not (wanted in seen if wanted else TEXT.search(SEQUENCES.sub(b"", seen))):
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                raise SystemExit(f"{wanted!r} did not come, but {seen[-300:]!r}")
            seen += self.take()
        return seen, time.monotonic()

    def take(self):
        part = os.read(self.terminal, 65536)
        for question, answer in REPLIES.items():
            for _ in range(part.count(question)):
                os.write(self.terminal, answer)
        return part

    def key(self, key):
        """Milliseconds to the end of what a key draws; None when it draws nothing."""
        began = time.monotonic()
        os.write(self.terminal, key)
        if not select.select([self.terminal], [], [], 0.5)[0]:
            return None
        last = began
        while select.select([self.terminal], [], [], SILENCE)[0]:
            self.take()
            last = time.monotonic()
        return (last - began) * 1000

    def drain(self, quiet=0.3, limit=5):
        end = time.monotonic() + limit
        while time.monotonic() < end and select.select([self.terminal], [], [], quiet)[0]:
            self.take()

    def tasks(self):
        pids, found = [str(self.pid)], []
        for pid in pids:  # children too, of programs that are a script around one
            for task in os.listdir(f"/proc/{pid}/task"):
                found.append((pid, task))
                with open(f"/proc/{pid}/task/{task}/children") as children:
                    pids += children.read().split()
        return found

    def sleeps(self):
        counts = {}
        for pid, task in self.tasks():
            with open(f"/proc/{pid}/task/{task}/status") as status:
                counts[task] = sum(int(line.split()[1]) for line in status if line.startswith("voluntary_ctxt"))
        return counts

    def memory(self, name):
        with open(f"/proc/{self.pid}/status") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024

    def close(self, leave):
        try:
            os.write(self.terminal, leave)
            while select.select([self.terminal], [], [], 3)[0] and os.read(self.terminal, 65536):
                pass
        except OSError:
            pass
        try:
            os.kill(self.pid, 9)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def spread(times):
    times = sorted(times)
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))]
    return f"{at(.5):.1f} / {at(.99):.1f}"


def measure(program, asked):
    first, useful = [], []
    for run in range(asked.runs + 1):
        screen = Screen(program, asked.urgent)
        seen, at = screen.read()
        drawn = at
        if program.see not in seen:
            _, drawn = screen.read(program.see)
        if run > 0:  # the first run fills the caches
            first.append((at - screen.began) * 1000)
            useful.append((drawn - screen.began) * 1000)
        screen.drain()
        screen.close(program.leave)
    screen = Screen(program, asked.urgent)
    screen.read(program.see)
    screen.drain(1)
    keys = [screen.key(program.moves[i % len(program.moves)]) for i in range(asked.keys)]
    keys = [key for key in keys if key is not None]
    screen.drain(1)
    before = screen.sleeps()
    time.sleep(asked.idle)
    woken = sum(count - before.get(task, 0) for task, count in screen.sleeps().items()) / asked.idle
    rss, own = screen.memory("VmRSS"), screen.memory("RssAnon")
    screen.close(program.leave)
    print(f"| {program.name} | {spread(first)}, least {min(first):.0f} | {spread(useful)}, least {min(useful):.0f} | {spread(keys)} | {woken:.1f} | {rss:.0f}, {own:.0f} |", flush=True)


def measure_filter(program, asked, count):
    screen = Screen(program, asked.urgent)
    screen.read(program.see)
    screen.drain(1)
    screen.key(b"3")
    screen.drain(1)
    keys = []
    for word in ("serde", "http", "ab", "tokio-ut", "x"):
        for letter in word:
            keys.append(screen.key(letter.encode()))
        keys += [screen.key(b"\x7f") for _ in word]
    keys = [key for key in keys if key is not None]
    print(f"| {program.name} | {count:,} names | {spread(keys)} | {screen.memory('VmRSS'):.0f}, {screen.memory('RssAnon'):.0f} |", flush=True)
    screen.close(b"\x1b\x03\x03")


def built(scratch, program):
    """Cairn as it is built here, by name; or the one given."""
    if program is not None:
        yield os.path.basename(program), os.path.abspath(program)
        return
    subprocess.run(["dotnet", "build", "src/Tui", "-c", "Release", "-v", "q", "-clp:ErrorsOnly"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    yield "cairn", os.path.join(ROOT, "src/Tui/bin/Release/net10.0/cairn")
    native = os.path.join(scratch, "prefix/bin/cairn")
    subprocess.run(["./install.sh", "--prefix", os.path.join(scratch, "prefix")], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if os.path.exists(native):
        yield "cairn, native", native


def peers():
    commits = subprocess.run(["git", "log", "-1", "--format=%s"], cwd=ROOT, capture_output=True, text=True).stdout.split()[0]
    moves = [b"j"] * 10 + [b"k"] * 10
    arrows = [b"\x1b[B"] * 10 + [b"\x1b[A"] * 10
    yield Program("tig", ["tig"], commits, moves, leave=b"Q")
    yield Program("htop", ["htop"], "PID", arrows)
    yield Program("aptitude", ["aptitude"], "Packages", arrows, leave=b"Qy")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--idle", type=float, default=5, help="seconds")
    parser.add_argument("--only", help="names, with commas between them")
    parser.add_argument("--program", help="measure this one instead of building")
    parser.add_argument("--names", type=int, help="how many names to search among; needs --data")
    parser.add_argument("--data", default=os.path.join(ROOT, "../shared/data/resolver"))
    parser.add_argument("--urgent", action="store_true")
    asked = parser.parse_args()
    if asked.urgent:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(11))
    wanted = lambda name: not asked.only or name in asked.only.split(",")
    with tempfile.TemporaryDirectory() as scratch:
        # Ten moves on a tab, then the other tab: each key changes something.
        moves = [bytes([key]) for key in b"2jkjkjkjkjk1jkjkjkjkjk"]
        ours = [Program(name, [path], "argv", moves, folder=os.path.join(ROOT, "samples/tidelog"), environment={"CAIRN_HOME": os.path.join(scratch, "home")})
                for name, path in built(scratch, asked.program) if wanted(name)]
        print("| program | first frame p50 / p99 | useful frame p50 / p99 | key p50 / p99 | idle | memory, its own |\n|---|---|---|---|---|---|")
        for program in ours + [peer for peer in peers() if wanted(peer.name) and shutil.which(peer.command[0])]:
            measure(program, asked)
        if asked.names:
            count = big_project(asked, scratch)
            print("\n| program | filter over | key p50 / p99 | memory, its own |\n|---|---|---|---|")
            for program in ours:
                program.folder, program.see = os.path.join(scratch, "big"), b"big"
                measure_filter(program, asked, count)


def names_of(data, count):
    """Names from the public lists, and when they are not enough those names with usual endings."""
    found = {}
    for file in sorted(os.listdir(data)):
        if file.endswith(".plain.jsonl.gz"):
            with gzip.open(os.path.join(data, file), "rt") as lines:
                for line in lines:
                    name = re.match(r'\{"n": ?"(?:root:)?([A-Za-z][A-Za-z0-9_-]{1,60})', line)
                    if name:
                        found.setdefault(name[1].lower().replace("_", "-").strip("-"))
    names = list(found)
    for ending in ("-sys", "-derive", "-macros", "-core", "-rs", "-utils", "-cli", "-async", "-types", "-macro", "-api", "-client", "-server", "-test"):
        names += [name + ending for name in list(found) if name + ending not in found]
    return sorted(set(names[:count * 2]), key=lambda name: hashlib.sha256(name.encode()).digest())[:count]


def big_project(asked, scratch):
    """A project on a feed of many names, made with benchmarks/Feed."""
    names = names_of(asked.data, asked.names)
    with open(os.path.join(scratch, "names"), "w") as file:
        file.write("\n".join(names) + "\n")
    subprocess.run(["dotnet", "run", "-c", "Release", "--project", "benchmarks/Feed", "--", "names", "--names", os.path.join(scratch, "names"),
                    "--out", os.path.join(scratch, "feed")], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    folder = os.path.join(scratch, "big")
    os.makedirs(folder)
    with open(os.path.join(folder, "cairn.toml"), "w") as manifest:
        manifest.write('[package]\nname = "big"\nversion = "1.0.0"\n\n[registries]\nmain = "../feed"\n')
    return len(names)


if __name__ == "__main__":
    main()
