#!/usr/bin/env python3
"""Times the full-screen program in a pseudo-terminal: start to first frame, key to frame, wake-ups when idle, memory.

    dotnet build src/Tui -c Release
    benchmarks/Screen/first_frame.py src/Tui/bin/Release/net10.0/cairn samples/tidelog --see argv

Milliseconds. `chrome` is the first frame, `useful` the first with the text of --see in it. Only the standard library.
"""
import argparse, fcntl, os, pty, select, signal, struct, sys, tempfile, termios, time

END_OF_FRAME = b"\x1b[?2026l"


def start(program, folder, columns, rows, home):
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.chdir(folder)
        os.execve(program, [program], {**os.environ, "CAIRN_HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"})
    return pid, terminal


def read_until(terminal, wanted, limit=20.0):
    """Reads until the wanted bytes have come, and then to the end of that frame."""
    seen, end = b"", time.monotonic() + limit
    while wanted not in seen or not seen.endswith(END_OF_FRAME):
        ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
        if not ready:
            sys.exit(f"{wanted!r} did not come")
        seen += os.read(terminal, 65536)
    return seen


def drain(terminal, quiet=0.3):
    while select.select([terminal], [], [], quiet)[0]:
        os.read(terminal, 65536)


def quit_program(pid, terminal):
    os.write(terminal, b"q")
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass
    os.waitpid(pid, 0)
    os.close(terminal)


def switches(pid):
    """How often each of its threads went to sleep by itself."""
    counts = {}
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/status") as status:
            counts[task] = sum(int(line.split()[1]) for line in status if line.startswith("voluntary_ctxt"))
    return counts


def status(pid, name):
    with open(f"/proc/{pid}/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(name))


def show(what, times):
    times = sorted(times)
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))]
    print(f"{what:8} p50 {at(.5):7.1f}  p99 {at(.99):7.1f}  min {times[0]:7.1f}  n {len(times)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--see", required=True, help="a text that only a useful frame has")
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--idle", type=float, default=5, help="seconds")
    parser.add_argument("--size", default="120x36")
    asked = parser.parse_args()
    columns, rows = map(int, asked.size.split("x"))
    program = os.path.abspath(asked.program)
    with tempfile.TemporaryDirectory() as home:
        chrome, useful = [], []
        for run in range(asked.runs + 1):
            began = time.monotonic()
            pid, terminal = start(program, asked.folder, columns, rows, home)
            first = read_until(terminal, b"Project")
            at_first = time.monotonic()
            if asked.see.encode() not in first:
                read_until(terminal, asked.see.encode())
            if run > 0:  # the first run fills the caches
                chrome.append((at_first - began) * 1000)
                useful.append((time.monotonic() - began) * 1000)
            drain(terminal)
            quit_program(pid, terminal)
        show("chrome", chrome)
        show("useful", useful)

        pid, terminal = start(program, asked.folder, columns, rows, home)
        read_until(terminal, asked.see.encode())
        drain(terminal, 1)
        keys = []
        # Ten moves on a tab, then the other tab: each key changes something.
        turn = b"2jkjkjkjkjk1jkjkjkjkjk"
        for key in range(asked.keys):
            began = time.monotonic()
            os.write(terminal, turn[key % len(turn):][:1])
            read_until(terminal, END_OF_FRAME)
            keys.append((time.monotonic() - began) * 1000)
        show("key", keys)
        drain(terminal, 1)
        before = switches(pid)
        time.sleep(asked.idle)
        woken = sum(count - before.get(task, 0) for task, count in switches(pid).items())
        print(f"idle     {woken / asked.idle:.1f} wake-ups a second   memory {status(pid, 'VmRSS') / 1024:.0f} MB, {status(pid, 'RssAnon') / 1024:.0f} MB of its own")
        quit_program(pid, terminal)


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()
