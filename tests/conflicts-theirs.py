#!/usr/bin/env python3
"""Writes docs/CONFLICTS.md: the conflicts of Scenarios/conflicts.txt as we tell them, and what cargo, npm and aptitude say.

Each graph is given to the others in their own form: a directory source for cargo, package documents from a server on
this machine for npm, a Packages file with a root of its own for aptitude. Nothing is fetched from anywhere. What a tool
cannot say of a graph (a feature to npm, a range of several parts to Debian) is left out of its form and said so.
"""
import http.server, json, os, re, subprocess, sys, tempfile, threading

HERE = os.path.dirname(os.path.abspath(__file__))
SCENARIOS = os.path.join(HERE, "Engine.Tests/Resolution/Scenarios/conflicts.txt")
DOCUMENT = os.path.join(HERE, "../docs/CONFLICTS.md")
LINES_MAX = 16
SECONDS_MAX = 60


def scenarios():
    for part in ("\n" + open(SCENARIOS).read()).split("\n== ")[1:]:
        title, *lines = part.split("\n")
        world = {"title": title, "releases": [], "asks": [], "ours": [], "repairs": [], "features": {}}
        block = None
        for line in lines:
            if line.startswith("  "):
                block.append(line[2:])
                continue
            verb, _, rest = line.partition(" ")
            if verb == "release":
                head, _, needs = rest.partition(" -> ")
                words = head.split()
                world["releases"].append({
                    "name": words[0], "version": words[1], "yanked": "yanked" in words,
                    "links": words[words.index("links") + 1] if "links" in words else None,
                    "needs": [tuple(n.strip().split(" ", 1)) for n in needs.split(";") if n.strip()]})
            elif verb == "feature":
                words = rest.split()
                world["features"].setdefault((words[0], words[1]), []).append(words[2])
            elif verb == "ask":
                text, *features = rest.split(" +")
                world["asks"].append((*text.split(" ", 1), features))
            block = world["ours"] if verb == "fails" else world["repairs"] if verb == "repairs" else None
        yield world


def run(words, folder, more=None):
    environment = {**os.environ, "NO_COLOR": "1", "LC_ALL": "C", "HOME": folder, **(more or {})}
    try:
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS_MAX, stdin=subprocess.DEVNULL)
        return done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        return f"(no answer within {SECONDS_MAX} s)"


def clean(text, folder):
    lines = [line.rstrip() for line in text.replace(folder, "").split("\n")]
    lines = [line for line in lines if line and not re.search(r"A complete log|debug-0|file:///|notice|warning: unused|Blocking waiting", line)]
    more = len(lines) - LINES_MAX
    return lines[:LINES_MAX] + ([f"… and {more} more lines"] if more > 0 else [])


def cargo(world, folder):
    for release in world["releases"]:
        crate = os.path.join(folder, "vendor", f"{release['name']}-{release['version']}")
        os.makedirs(os.path.join(crate, "src"))
        open(os.path.join(crate, "src/lib.rs"), "w").close()
        text = f"[package]\nname = \"{release['name']}\"\nversion = \"{release['version']}\"\nedition = \"2021\"\n"
        if release["links"]:
            text += f"links = \"{release['links']}\"\nbuild = \"build.rs\"\n"
            open(os.path.join(crate, "build.rs"), "w").write("fn main() {}\n")
        text += "[dependencies]\n" + "".join(f"{n} = \"{r}\"\n" for n, r in release["needs"])
        text += "[features]\n" + "".join(f"{f} = []\n" for f in world["features"].get((release["name"], release["version"]), []))
        open(os.path.join(crate, "Cargo.toml"), "w").write(text)
        json.dump({"files": {}, "package": "0" * 64}, open(os.path.join(crate, ".cargo-checksum.json"), "w"))
    os.makedirs(os.path.join(folder, ".cargo"))
    open(os.path.join(folder, ".cargo/config.toml"), "w").write(
        "[source.crates-io]\nreplace-with = \"here\"\n[source.here]\ndirectory = \"vendor\"\n")
    os.makedirs(os.path.join(folder, "src"))
    open(os.path.join(folder, "src/lib.rs"), "w").close()
    asks = "".join(f"{n} = {{ version = \"{r}\", features = {json.dumps(f)} }}\n" for n, r, f in world["asks"])
    open(os.path.join(folder, "Cargo.toml"), "w").write(f"[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[dependencies]\n{asks}")
    return run(["cargo", "generate-lockfile", "--offline"], folder, {"CARGO_HOME": os.path.join(folder, "home"), "RUSTUP_HOME": os.path.expanduser("~/.rustup"), "RUSTC_WRAPPER": ""})


def npm(world, folder):
    names = {}
    for release in world["releases"]:
        names.setdefault(release["name"], {})[release["version"]] = {
            "name": release["name"], "version": release["version"],
            # The part of npm that can clash: what a package wants of its surroundings.
            "peerDependencies": {n: npm_range(r) for n, r in release["needs"]},
            "dist": {"tarball": "http://127.0.0.1/none.tgz", "shasum": "0" * 40},
            **({"deprecated": "yanked"} if release["yanked"] else {})}

    class Registry(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            versions = names.get(self.path.strip("/").split("?")[0])
            stable = [v for v in versions or {} if "-" not in v]
            body = json.dumps({"name": self.path.strip("/"), "versions": versions, "dist-tags": {"latest": (stable or list(versions))[-1]}} if versions else {"error": "not found"}).encode()
            self.send_response(200 if versions else 404)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    json.dump({"name": "app", "version": "1.0.0", "dependencies": {n: npm_range(r) for n, r, _ in world["asks"]}}, open(os.path.join(folder, "package.json"), "w"))
    address = f"http://127.0.0.1:{server.server_port}/"
    text = run(["npm", "install", "--package-lock-only", "--no-audit", "--no-fund", f"--registry={address}"], folder)
    server.shutdown()
    return text.replace(address, "REGISTRY/").replace(f"127.0.0.1:{server.server_port}", "REGISTRY")


def npm_range(text):
    return text.lstrip("=")


def debian_range(name, text):
    def version(v):
        return v.replace("-", "~")
    parts = []
    for part in text.split(","):
        match = re.match(r"(\^|=|>=|<=|>|<)?\s*(\S+)", part.strip())
        sign, low = match.group(1) or "^", match.group(2)
        numbers = [int(n) for n in low.split("-")[0].split(".")]
        if sign == "^":
            up = next((i for i, n in enumerate(numbers) if n), len(numbers) - 1)
            high = ".".join(str(n + 1 if i == up else n) for i, n in enumerate(numbers[:up + 1]))
            parts += [f"{name} (>= {version(low)})", f"{name} (<< {high}~)"]
        else:
            parts.append(f"{name} ({ {'=': '=', '>=': '>=', '<=': '<=', '>': '>>', '<': '<<'}[sign] } {version(low)})")
    return ", ".join(parts)


def aptitude(world, folder):
    for part in ["state/lists/partial", "cache/archives/partial", "etc/apt.conf.d", "etc/preferences.d", "repo", "var/lib/aptitude"]:
        os.makedirs(os.path.join(folder, part))
    packages = [(r["name"], r["version"].replace("-", "~"), r["needs"]) for r in world["releases"] if not r["yanked"]]
    packages.append(("app", "1.0.0", [(n, r) for n, r, _ in world["asks"]]))
    open(os.path.join(folder, "repo/Packages"), "w").write("\n".join(
        f"Package: {n}\nVersion: {v}\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: {n}\nFilename: ./{n}.deb\nSize: 1\nSHA256: {'0' * 64}\n"
        + (f"Depends: {', '.join(debian_range(d, r) for d, r in needs)}\n" if needs else "") for n, v, needs in packages))
    open(os.path.join(folder, "state/status"), "w").close()
    open(os.path.join(folder, "etc/sources.list"), "w").write(f"deb [trusted=yes] file:{folder}/repo ./\n")
    options = [f"Dir::State={folder}/state", f"Dir::State::status={folder}/state/status", f"Dir::Cache={folder}/cache", f"Dir::Etc={folder}/etc",
               f"Dir::Aptitude::state={folder}/var/lib/aptitude", "APT::Sandbox::User=root", "Dir::Log=" + folder, "Acquire::Languages=none"]
    flags = [word for option in options for word in ("-o", option)]
    run(["apt-get", *flags, "update"], folder)
    text = run(["aptitude", *flags, "-s", "-y", "--full-resolver", "install", "app"], folder)
    return "\n".join(line for line in text.split("\n") if not re.match(r"(Reading|Building|Initializing|Writing|Need to get|.*\.\.\.|Would download|Resolving)", line.strip()))


def version_of(words):
    return subprocess.run(words, capture_output=True, text=True).stdout.split("\n")[0]


TOOLS = [("cargo", cargo, version_of(["cargo", "--version"])), ("npm", npm, "npm " + version_of(["npm", "--version"])), ("aptitude", aptitude, version_of(["aptitude", "--version"]))]


def main():
    text = """# Ten conflicts, ours beside theirs

What the resolver says of ten graphs that cannot be resolved as they are asked for, and what other package managers say of
the same graph. Our half is `tests/Engine.Tests/Resolution/Scenarios/conflicts.txt`: a test plays it (every repair is resolved again
from the start, the facts alone are proven to fail) and holds this page to it. Their half is what the tools printed when
`tests/conflicts-theirs.py` wrote this page, cut at 16 lines: """ + ", ".join(version for _, _, version in TOOLS) + """.

The graphs are the same, the rules are not: cargo takes two majors of a package side by side as we do with `duplicates =
"compatible"`; npm would nest copies, so that requirements are given to it as peer dependencies, where it has one copy as we
do; aptitude sees a distribution with nothing installed, and no yanked releases, features or `links`.
"""
    for world in scenarios():
        text += f"\n## {world['title']}\n\n```text\n" + "\n".join(world["ours"]) + "\n```\n\nRepairs, each proven:\n\n" + "\n".join(f"- {r}" for r in world["repairs"]) + "\n"
        for name, tool, _ in TOOLS:
            with tempfile.TemporaryDirectory(prefix="conflict") as folder:
                lines = clean(tool(world, folder), folder)
            text += f"\n{name}:\n\n```text\n" + "\n".join(lines or ["(resolves without a word)"]) + "\n```\n"
        print(world["title"], file=sys.stderr)
    open(DOCUMENT, "w").write(text)


main()
