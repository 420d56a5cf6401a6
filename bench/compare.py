"""Measures Laurel beside MLflow and GTO, as interleaved pairs, and writes the table into README.md. Run it by `bench/run`."""

import argparse
import datetime
import math
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time
import warnings

import registries
from registries import Gto, Laurel, LaurelOverHttp, Mlflow, git, git_size

# Whoever took longer than this, in seconds, is not asked at a larger size.
TOO_LONG = 5
OPERATIONS = {
    "register": "register a version",
    "promote": "promote",
    "resolve": "resolve the champion",
    "list": "list 50 versions",
}
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"
ROOT = pathlib.Path(__file__).resolve().parent.parent


def arguments():
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--versions", default="10,1000,10000", help="of one model (default: %(default)s)")
    parser.add_argument("--models", type=int, default=1000, help="with 10 versions each; 0 to leave them out (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=30, help="pairs for each number (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=15, help="no further pair after so long (default: %(default)s)")
    parser.add_argument("--no-peers", action="store_true", help="Laurel alone; needs no network")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="an empty folder")
    parser.add_argument("--jar-path", required=True, help="the class path of the worker")
    parser.add_argument("--write", action="store_true", help="write the result into bench/README.md")
    return parser.parse_args()


class State:
    """So many models with so many versions each, in the repositories of Laurel and GTO."""

    def __init__(self, models, versions, options, java):
        self.models = models
        self.versions = versions
        self.title = f"{versions:,} versions" if models == 1 else f"{models:,} models with {versions}"
        self.folder = options.work / f"{models}x{versions}"
        self.folder.mkdir(parents=True)
        self.laurel = Laurel(self.folder, java)
        self.gto = None if options.no_peers else Gto(self.folder)
        self.built = [self.laurel] + ([self.gto] if self.gto else [])

    def commands(self):
        commands = {
            "laurel --version": laurel("--version"),
            "laurel --help": laurel("--help"),
            "laurel status": laurel("status", "--repo", self.laurel.repository),
            "laurel versions --last 50": laurel("versions", "model-0", "--last", "50", "--repo", self.laurel.repository),
        }
        if self.gto:
            gto = pathlib.Path(sys.executable).parent / "gto"
            commands["gto show"] = [str(gto), "show", "-r", str(self.gto.repository), "model-0"]
        return commands


class Bench:
    def __init__(self, options):
        self.options = options
        self.java = ["java", "-XX:+UseSerialGC", "-cp", options.jar_path]
        self.states = []
        self.rows = []  # (operation, state, {registry: median seconds}, {other: median ratio to Laurel}, pairs)
        self.grown = {}  # versions: bytes of the packed repository
        self.new_bytes = 0  # of one version
        self.whole = {}  # (command, versions): seconds
        self.too_long = {}  # (registry, operation): seconds

    def build(self, models, versions):
        """What whole processes are measured on; MLflow's part is built when its server is needed."""
        state = State(models, versions, self.options, self.java)
        for registry in state.built:
            took = registries.timed(lambda: registry.build(models, versions))
            say(f"{state.title}: {registry.name} built in {took:.0f} s")
        if models == 1:
            self.grown[versions] = git_size(state.laurel.repository)
            self.new_bytes = version_bytes(state.laurel.repository)
        self.states.append(state)

    def operations(self, state):
        everyone = [state.laurel, LaurelOverHttp(state.laurel)]
        if not self.options.no_peers:
            mlflow = Mlflow(state.folder)
            took = registries.timed(lambda: mlflow.build(state.models, state.versions))
            say(f"{state.title}: {mlflow.name} built in {took:.0f} s")
            everyone += [mlflow, state.gto]
        opened = []
        try:
            for registry in everyone:
                opened.append(registry)
                registry.open()
            for operation in OPERATIONS:
                self.measure(operation, state.title, everyone)
        finally:
            for registry in opened:
                registry.close()
        shutil.rmtree(state.folder)

    def measure(self, operation, title, everyone):
        everyone = [registry for registry in everyone if (registry.name, operation) not in self.too_long]
        times = {registry.name: [] for registry in everyone}
        end = time.monotonic() + self.options.seconds
        rounds = 0
        while rounds < self.options.rounds and (rounds == 0 or time.monotonic() < end):
            # Who comes first changes from round to round.
            for registry in everyone if rounds % 2 == 0 else reversed(everyone):
                # Else an fsync of one would wait for what another wrote.
                os.sync()
                took = getattr(registry, operation)()
                times[registry.name].append(took)
                if took > TOO_LONG:
                    # The others go on without it, in the time that they would have had.
                    end += took
                    self.too_long[registry.name, operation] = took
            everyone = [registry for registry in everyone if (registry.name, operation) not in self.too_long]
            rounds += 1
        medians = {name: statistics.median(each) for name, each in times.items()}
        ratios = {
            name: statistics.median(other / ours for other, ours in zip(each, times["Laurel"]))
            for name, each in times.items()
            if name != "Laurel"
        }
        self.rows.append((operation, title, medians, ratios, rounds))
        say(f"{title}: {operation}: " + ", ".join(f"{name} {shown(value)}" for name, value in medians.items()))

    def processes(self):
        """Whole processes: what a person waits for. In turn on all states with one model, so that what differs is the state."""
        commands = {}
        for state in self.states:
            if state.models == 1:
                commands.update({(name, state.versions): command for name, command in state.commands().items()})
        times = {key: [] for key in commands}
        too_many = {}
        end = time.monotonic() + 2 * self.options.seconds * len(self.grown)
        for _ in range(min(self.options.rounds, 11)):
            for name, versions in sorted(commands, key=lambda key: key[1]):
                if (times[name, versions] and time.monotonic() > end) or versions >= too_many.get(name, math.inf):
                    continue
                took = registries.timed(lambda: subprocess.run(commands[name, versions], check=True, stdout=subprocess.DEVNULL))
                times[name, versions].append(took)
                if took > TOO_LONG:
                    too_many[name] = versions
        for (name, versions), each in times.items():
            if each:
                self.whole[name, versions] = statistics.median(each)
                say(f"{versions:,} versions: {name}: {shown(self.whole[name, versions])}")

    def bytes_to_serve(self, versions):
        """What a server is sent before it can serve a 1 MB model."""
        folder = self.options.work / f"serve-{versions}"
        folder.mkdir(parents=True)
        laurel = Laurel(folder, self.java)
        laurel.build(1, versions, size=1_000_000)
        sent = laurel.bytes_to_serve()
        laurel.close()
        shutil.rmtree(folder)
        say(f"bytes to serve a 1 MB model of {versions:,} versions: {sent:,}")
        return sent

    # ---- the goals

    def goals(self):
        smallest, largest = min(self.grown), max(self.grown)
        medians = {(row[0], row[1]): row[2]["Laurel"] for row in self.rows}
        small, large = f"{smallest:,} versions", f"{largest:,} versions"
        for operation in ("register", "promote", "resolve"):
            ratio = medians[operation, large] / medians[operation, small]
            yield (f"{operation}: at {large} at most 2x its cost at {smallest:,}", f"{ratio:.2f}x", ratio <= 2)
        if largest > smallest:
            each = (self.grown[largest] - self.grown[smallest]) / (largest - smallest)
            extra = each - self.new_bytes
            yield (
                "packed repository: a version adds at most its new bytes and 4 KB",
                f"{each:,.0f} bytes a version, of which {self.new_bytes:,} are its files unpacked",
                extra <= 4096,
            )
        resolve = medians["resolve", large]
        yield ("resolve: under 1 ms from a local repository", shown(resolve), resolve < 0.001)
        for operation, title, _, ratios, _ in self.rows:
            if operation == "promote" and "MLflow" in ratios:
                yield (f"promote: at least 10x MLflow's rate, {title}", f"{ratios['MLflow']:.1f}x", ratios["MLflow"] >= 10)
        whole = self.whole["laurel versions --last 50", largest]
        up = whole - self.whole["laurel --version", largest]
        yield (
            f"versions --last 50 at {largest:,}: under 0.3 s once the JVM is up",
            f"{shown(up)} more than laurel --version ({shown(whole)} in all)",
            up < 0.3,
        )
        one, thousand = self.bytes_to_serve(1), self.bytes_to_serve(1000)
        yield (
            "bytes to start serving a 1 MB model: the same within 10 % at 1 and 1,000 versions",
            f"{one:,} and {thousand:,}",
            abs(thousand - one) <= 0.1 * one,
        )
        for command in ("laurel --help", "laurel status"):
            took = self.whole[command, smallest]
            yield (f"{command}: a whole process under 0.4 s, on JDK 25", f"{shown(took)} on JDK {jdk()}", took < 0.4)

    def report(self):
        others = ["Laurel over HTTP"] + ([] if self.options.no_peers else ["MLflow", "GTO"])
        lines = [
            f"Measured {datetime.date.today():%d %b %Y} with `{command_line()}` in {time.monotonic() - START:.0f} s.",
            f"Machine: {machine()}. Load while it ran: {' '.join(f'{load:.1f}' for load in os.getloadavg())}.",
            "",
            "| operation | state | Laurel | " + "".join(f"{each} | : Laurel | " for each in others) + "pairs |",
            "|---|---|---:|" + "---:|---:|" * len(others) + "---:|",
        ]
        for operation, title, medians, ratios, rounds in self.rows:
            cells = [OPERATIONS[operation], title, shown(medians["Laurel"])]
            for each in others:
                cells += [shown(medians[each]), f"{ratios[each]:,.1f}"] if each in medians else ["not asked", ""]
            lines.append("| " + " | ".join([*cells, str(rounds)]) + " |")
        lines += ["", "| whole process | " + " | ".join(f"{versions:,} versions" for versions in self.grown) + " |"]
        lines += ["|---|" + "---:|" * len(self.grown)]
        for command in dict.fromkeys(name for name, _ in self.whole):
            times = [self.whole.get((command, versions)) for versions in self.grown]
            cells = ["not asked" if each is None else shown(each) for each in times]
            lines.append("| `" + command + "` | " + " | ".join(cells) + " |")
        lines += ["", "| goal | measured | met |", "|---|---|---|"]
        for goal, measured, met in self.goals():
            lines.append(f"| {goal} | {measured} | {'yes' if met else '**no**'} |")
        return "\n".join(lines)


def laurel(*words):
    return [str(ROOT / "laurel"), *map(str, words)]


def version_bytes(repository):
    """The files of one version, its rows' pointer and its share of the commit: what is new in Git with it, not compressed."""
    newest = git(repository, "ls-tree", "-r", "-l", "main", "models/model-0/versions/00/v10/").decode()
    return sum(int(line.split()[3]) for line in newest.splitlines())


def shown(seconds):
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"


def say(line):
    print(line, flush=True)


def jdk():
    text = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr
    return text.split('version "', 1)[1].split('"', 1)[0]


def machine():
    cpu = platform.processor() or platform.machine()
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.split(": ", 1)[1]
            break
    return f"{os.cpu_count()} cores, {cpu}, {platform.system()} {platform.release()}, JDK {jdk()}, Python {platform.python_version()}"


def command_line():
    return os.environ.get("BENCH_COMMAND", "bench/run")


def main():
    warnings.simplefilter("ignore")
    options = arguments()
    bench = Bench(options)
    for versions in map(int, options.versions.split(",")):
        bench.build(1, versions)
    if options.models:
        bench.build(options.models, 10)
    bench.processes()
    for state in bench.states:
        bench.operations(state)
    report = bench.report()
    say("\n" + report)
    if options.write:
        readme = ROOT / "bench" / "README.md"
        text = readme.read_text()
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        readme.write_text(f"{before}{BEGIN}\n{report}\n{END}{after}")


START = time.monotonic()
if __name__ == "__main__":
    main()
