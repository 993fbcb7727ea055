#!/usr/bin/env python3
"""Cairn beside other package managers, in the install benchmark of ../shared/perf (benchmarks/README.md, "Install").

python3 benchmarks/Install/run.py [--rounds 5] [--peers cairn,bun,…] [--again] [--urgent]

Needs ../shared/perf beside the checkout, and its setup.sh done once in $PERF_ROOT; skips with a message without them.
Builds Cairn twice (framework-dependent, and native where its compiler can be had), makes a feed of the corpus, serves
it with the suite's nginx and runs the suite's own run_peers.py with Cairn among the peers.
"""
import argparse, json, os, re, shutil, subprocess, sys, tempfile

REPO = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SUITE = os.path.join(os.path.dirname(REPO), "shared", "perf")
ROOT = os.environ.get("PERF_ROOT", os.path.expanduser("~/cairn-perf"))
OURS = f"{ROOT}/cairn-peer"
FEED = f"{ROOT}/www/other/cairn"
ADDRESS = "http://127.0.0.1:4881/cairn/"
PEERS = "bun,pnpm,pnpm-gvs,npm,cargo,cairn,cairn-linked,cairn-native,cairn-native-linked"
SCENARIOS = ["cold", "cold_lock", "warm", "noop", "resolve"]
PACKAGES, FILES = 949, 27_223       # 27,224 entries in the archives of npm; webpack-cli has one path twice


def skip(why):
    print(f"skipped: {why}")
    sys.exit(0)


def quietly(*command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode != 0:
        print(done.stdout[-3000:], file=sys.stderr)
    return done.returncode == 0


def build():
    """Program folders by peer; the native one only where it can be made."""
    programs = {"cairn": f"{OURS}/framework"}
    publish = ["dotnet", "publish", f"{REPO}/src/Tui", "-c", "Release", "-v", "q", "--artifacts-path"]
    if not quietly(*publish, f"{OURS}/obj", "-o", programs["cairn"]):
        sys.exit("the build failed")
    native = f"{OURS}/native"
    if quietly(*publish, f"{OURS}/obj-native", "-o", native, "-r", "linux-x64", "-p:NativeFramework=net9.0"):
        programs["cairn-native"] = native
    else:
        print("no native compiler here; measured without")
    return programs


def make_feed(again):
    """The corpus as a feed under nginx's folder, and the application that depends on it, for files and for links."""
    made = f"{OURS}/made"
    if again or not os.path.exists(f"{made}/app/cairn.toml"):
        for folder in (made, FEED):
            shutil.rmtree(folder, ignore_errors=True)
        if not quietly("dotnet", "run", "-c", "Release", "--project", f"{REPO}/benchmarks/Feed", "--", "npm", "--corpus", f"{ROOT}/corpus", "--out", made):
            sys.exit("the feed could not be made")
        shutil.copytree(f"{made}/feed", FEED, copy_function=os.link)
    manifest = re.sub(r'^main = .*$', f'main = "{ADDRESS}"', open(f"{made}/app/cairn.toml").read(), flags=re.M)
    for name, more in (("app", ""), ("app-linked", '\n[install]\nlink = "packages"\n')):
        os.makedirs(f"{OURS}/{name}", exist_ok=True)
        with open(f"{OURS}/{name}/cairn.toml", "w") as file:
            file.write(manifest + more)


def entries(programs):
    verbs = {"cold": "install", "cold_lock": "install --frozen", "warm": "install --frozen", "noop": "install", "resolve": "lock"}
    return {
        name + suffix: {"app": f"{OURS}/{app}", "env": {"CAIRN_HOME": "{cache}"}, "files": {}, "bin": f"{folder}/cairn", "lock": "cairn.lock", **verbs}
        for name, folder in programs.items() for suffix, app in (("", "app"), ("-linked", "app-linked"))}


def suite_with_us(programs, folder):
    """A copy of the suite in which Cairn is one of the peers."""
    suite = f"{folder}/perf"
    shutil.copytree(SUITE, suite)
    for at, folders, files in os.walk(suite):
        for name in [*folders, *files]:
            os.chmod(f"{at}/{name}", 0o755)
    os.chmod(suite, 0o755)
    peers = json.load(open(f"{suite}/peers.json"))
    peers.update(entries(programs))
    json.dump(peers, open(f"{suite}/peers.json", "w"), indent=1)
    return suite


def check(programs, suite, folder):
    """One install for each program, outside the measurement: is everything there?"""
    sys.path.insert(0, suite)
    import servers
    servers.start("nginx")
    try:
        for name, program in programs.items():
            project = f"{folder}/check-{name}"
            shutil.copytree(f"{OURS}/app", project)
            if not quietly(f"{program}/cairn", "install", cwd=project, env={**os.environ, "CAIRN_HOME": f"{folder}/home-{name}"}):
                sys.exit(f"{name}: the install failed")
            placed = [package["folder"] for package in json.load(open(f"{project}/packages/cairn-map.json"))["packages"]]
            own = {f"{project}/packages/{package}/cairn.toml" for package in placed} | {f"{project}/packages/cairn-map.json"}
            files = [path for at, _, names in os.walk(f"{project}/packages") for path in (f"{at}/{one}" for one in names)
                     if path not in own and not os.path.basename(path).startswith(".cairn")]
            print(f"{name}: {len(placed)} packages, {len(files):,} files")
            if (len(placed), len(files)) != (PACKAGES, FILES):
                sys.exit(f"{name}: expected {PACKAGES} packages and {FILES:,} files")
    finally:
        servers.stop("nginx")


def table(results, against):
    """Seconds, and how many times the best other peer's of the same run."""
    ours = [peer for peer in results if peer.startswith("cairn")]
    best = {s: min((results[p][s]["wall"], p) for p in results if p not in ours and s in results[p]) for s in SCENARIOS} if against else {}
    print("| peer | " + " | ".join(SCENARIOS) + " | MB, cold | requests, cold |\n|" + "---|" * 8)
    for peer, runs in results.items():
        def cell(scenario):
            if scenario not in runs:
                return "–"
            run = runs[scenario]
            ratio = f" ({run['wall'] / best[scenario][0]:.2f}x)" if peer in ours and best else ""
            return f"{run['wall']:.3f}{ratio}" + ("" if run["rc"] == 0 else " failed")
        print(f"| {peer} | " + " | ".join(map(cell, SCENARIOS)) + f" | {runs['cold']['rss']:.0f} | {runs['cold'].get('requests', '')} |")
    for scenario, (seconds, peer) in best.items():
        print(f"best other, {scenario}: {peer} {seconds:.3f} s")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", default="5")
    options.add_argument("--peers", default=PEERS)
    options.add_argument("--again", action="store_true", help="make the feed again")
    options.add_argument("--urgent", action="store_true", help="real-time priority for all peers: figures on a machine that others use too")
    options = options.parse_args()
    if not os.path.isdir(SUITE):
        skip(f"no {SUITE}")
    if not os.path.exists(f"{ROOT}/corpus/index.jsonl"):
        skip(f"nothing in {ROOT}; run {SUITE}/setup.sh with PERF_ROOT={ROOT} first")
    programs = build()
    make_feed(options.again)
    peers = [peer for peer in options.peers.split(",") if not peer.startswith("cairn-native") or "cairn-native" in programs]
    with tempfile.TemporaryDirectory(dir=ROOT, prefix="cairn-run-") as folder:
        suite = suite_with_us(programs, folder)
        check(programs, suite, folder)
        out = f"{folder}/results.json"
        first = ["chrt", "-r", "10"] if options.urgent else []
        subprocess.run(
            [*first, sys.executable, f"{suite}/run_peers.py", "--rounds", options.rounds, "--peers", ",".join(peers), "--out", out],
            check=True, env={**os.environ, "PERF_ROOT": ROOT})
        results = json.load(open(out))["install"]["nginx"]
    table({peer: results[peer] for peer in peers}, any(not peer.startswith("cairn") for peer in peers))


main()
