"""Measures servers of predictions as interleaved pairs, and writes the tables into README.md. Run it by `bench/serving`."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import random
import re
import signal
import socket
import statistics
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- serving measured -->", "<!-- end of serving measured -->"
COLUMNS = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
BOUNDS = [(4.3, 7.9), (2.0, 4.4), (1.0, 6.9), (0.1, 2.5)]
CONNECTIONS = 8
TICKS = os.sysconf("SC_CLK_TCK")
# As the image of the server has them, beside the limit of its manifest.
OPTIONS = ROOT / "cli/src/main/resources/dev/laurel/launch"
# A JDK before 21 knows not all of them.
FLAGS = ["-XX:+IgnoreUnrecognizedVMOptions", "-XX:MaxRAM=512m", *(line for file in ("image.options", "server.options") for line in (OPTIONS / file).read_text().splitlines()
                              if line.startswith("-"))]
GRPC_PATH = "/inference.GRPCInferenceService/ModelInfer"


def arguments():
    parser = argparse.ArgumentParser(prog="bench/serving", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="pairs for each number (default: %(default)s)")
    parser.add_argument("--seconds", type=int, default=2, help="of load for each (default: %(default)s)")
    parser.add_argument("--models", type=int, default=1000, help="in one server; 0 to leave it out (default: %(default)s)")
    parser.add_argument("--starts", type=int, default=5, help="0 to leave them out (default: %(default)s)")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="an empty folder")
    parser.add_argument("--venvs", type=pathlib.Path, required=True)
    parser.add_argument("--peers", default="", help="names of those that are installed")
    parser.add_argument("--classes", required=True)
    parser.add_argument("--lib", required=True)
    parser.add_argument("--write", action="store_true", help="write the result into bench/README.md")
    return parser.parse_args()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def children(pid):
    """A process and all that it started."""
    found = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += children(int(child))
        except OSError:
            pass
    return found


def processors(pid):
    """Seconds that a process and all that it started spent on them."""
    ticks = 0
    for each in children(pid):
        try:
            fields = pathlib.Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return ticks / TICKS


class Server:
    """A program that answers at a port, and what it used."""

    def __init__(self, name, command, port, ready, folder, environment=None, cwd=None):
        self.name, self.port, self.is_java = name, port, command[0] == "java"
        self.log = folder / (re.sub("[^a-z0-9]+", "-", name.lower()) + ".log")
        begin = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [str(word) for word in command], stdout=log, stderr=log, cwd=cwd, env={**os.environ, **(environment or {})},
                start_new_session=True,
            )
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=60):
                    break
            except urllib.error.HTTPError as e:
                # Whoever knows the path not, answers.
                if e.code not in (500, 502, 503):
                    break
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > begin + 600:
                sys.exit(f"{name} does not answer:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.01)
        self.took = time.monotonic() - begin

    def cpu(self):
        return processors(self.process.pid)

    def rss(self):
        """In MB."""
        kilobytes = 0
        for pid in children(self.process.pid):
            try:
                found = re.search(r"^VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M)
                kilobytes += int(found.group(1)) if found else 0
            except OSError:
                pass
        return kilobytes / 1024

    def stop(self):
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(20)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Load:
    """What one measurement asks of whom."""

    def __init__(self, key, server, path, body, media_type="application/json", client="wrk", each_line=False):
        self.variables = {"BODY": str(body), "TYPE": media_type, **({"EACH_LINE": "yes"} if each_line else {})}
        self.key, self.server, self.path, self.body, self.media_type, self.client = key, server, path, body, media_type, client
        self.results = []

    def run(self, seconds):
        """Answers a second, microseconds of processors an answer, and p50 and p99 in microseconds."""
        before = self.server.cpu()
        if self.client == "wrk":
            rate, p50, p99, count = self.wrk(seconds)
        else:
            rate, p50, p99, count = self.h2load(seconds)
        used = self.server.cpu() - before
        return rate, used / max(1, count) * 1e6, p50, p99

    def warm(self, seconds):
        """What a JVM has not seen often it has not compiled yet, and on a busy machine its compiler comes late."""
        least, most = (10, 60) if self.server.is_java else (0, 1)
        begin, asked = time.monotonic(), 0
        while time.monotonic() < begin + least or asked < 50_000 and time.monotonic() < begin + most:
            asked += self.run(seconds)[0] * seconds

    def wrk(self, seconds):
        said = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", ROOT / "bench/wrk.lua",
             f"http://127.0.0.1:{self.server.port}{self.path}"],
            env={**os.environ, **self.variables}, capture_output=True, text=True,
        ).stdout
        words = re.search("^measured (.*)$", said, re.M).group(1).split()
        count, wrong, broken = map(int, words[:3])
        if wrong or broken or not count:
            sys.exit(f"{self.key}: {wrong} of {count} answers are not 200, {broken} broken connections\n{said}")
        return count / float(words[3]), float(words[4]), float(words[5]), count

    def h2load(self, seconds):
        grpc = self.client == "grpc"
        headers = ["-H", "te: trailers"] if grpc else []
        port = self.server.grpc if grpc else self.server.port
        said = subprocess.run(
            ["h2load", "-t1", f"-c{CONNECTIONS}", "-m1", "-D", str(seconds), "-d", self.body, "-H", f"content-type: {self.media_type}",
             *headers, *(["--h1"] if self.client == "h1" else []), f"http://127.0.0.1:{port}{self.path}"],
            capture_output=True, text=True,
        ).stdout
        rate = float(re.search(r"([0-9.]+) req/s", said).group(1))
        counts = re.search(r"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", said)
        if not counts or any(int(each) for each in counts.groups()[1:]) or not int(counts.group(1)):
            sys.exit(f"{self.key}: {said}")
        return rate, float("nan"), float("nan"), int(counts.group(1))


def column(load, place):
    return statistics.median(result[place] for result in load.results)


def ratio(one, other, place):
    """The median of the ratios of measurements that stood beside each other."""
    return statistics.median(a[place] / b[place] for a, b in zip(one.results, other.results))


def post(url, body, media_type="application/json"):
    request = urllib.request.Request(url, body, {"Content-Type": media_type})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def grpc_body(rows):
    """A ModelInferRequest in its frame, with the bytes of its one tensor beside it."""
    shape = b"".join(varint(size) for size in (len(rows), len(COLUMNS)))
    tensor = field(1, b"features") + field(2, b"FP64") + field(3, shape)
    raw = b"".join(struct.pack("<d", value) for row in rows for value in row)
    message = field(1, b"iris") + field(5, tensor) + field(7, raw)
    return b"\0" + struct.pack(">I", len(message)) + message


class Bench:
    def __init__(self, options):
        self.options = options
        self.peers = options.peers.split()
        self.servers = []
        self.loads = {}
        self.bodies = {}
        self.java = ["java", *FLAGS]
        self.lines = []
        self.goals = []

    def say(self, line=""):
        print(line, flush=True)
        self.lines.append(line)

    def goal(self, text, measured, met):
        self.goals.append(f"| {text} | {measured} | {'yes' if met else '**no**'} |")

    def laurel(self, *words):
        said = subprocess.run([ROOT / "laurel", *map(str, words)], capture_output=True, text=True)
        if said.returncode:
            sys.exit(f"laurel {words}: {said.stderr}")

    def prepare(self):
        """A forest of iris with 100 trees of depth 5, registered and pinned; the bodies of all protocols."""
        work = self.options.work
        self.repository = work / "models.git"
        os.environ["LAUREL_REPO"] = str(self.repository)
        self.laurel("init", "--offline", "--with", "iris")
        clone = work / "clone"
        git = lambda *words: subprocess.run(["git", *words], check=True, capture_output=True)
        git("clone", "-q", self.repository, clone)
        definition = clone / "models/iris/model.yaml"
        text = definition.read_text()
        smaller = text.replace("  - trees: 50\n    depth: 3\n", "")
        assert smaller != text and "trees: 100" in smaller
        definition.write_text(smaller)
        git("-C", clone, "commit", "-q", "-a", "-m", "One experiment: 100 trees of depth 5")
        git("-C", clone, "push", "-q")
        self.laurel("train", "iris", "--offline")
        random.seed(42)
        for rows in (1, 100):
            values = [[round(random.uniform(*bounds), 1) for bounds in BOUNDS] for _ in range(rows)]
            documents = {
                "own": {"features": values},
                "rows": {"rows": [dict(zip(COLUMNS, row)) for row in values]},
                "oip": {"inputs": [{"name": "features", "shape": [rows, 4], "datatype": "FP64", "data": sum(values, [])}]},
                "mlserver": {"inputs": [{"name": "predict", "shape": [rows, 4], "datatype": "FP64", "data": sum(values, [])}],
                             "outputs": [{"name": "predict_proba"}]},
                "mlflow": {"dataframe_split": {"columns": COLUMNS, "data": values}},
                "inputs": {"inputs": values},
            }
            for form, document in documents.items():
                self.keep(form, rows, json.dumps(document).encode())
            self.keep("grpc", rows, grpc_body(values))

    def keep(self, form, rows, content):
        path = self.options.work / f"{form}-{rows}"
        path.write_bytes(content)
        self.bodies[form, rows] = path

    def server(self, name, command, ready="/ready", environment=None, cwd=None, port=None):
        # MLServer leaves files where it runs.
        server = Server(name, command, port, ready, self.options.work, environment, cwd or self.options.work)
        self.servers.append(server)
        return server

    def start_laurel(self, name, repository, flags=(), variables=None):
        port, grpc = free_port(), free_port()
        server = self.server(
            name,
            [*self.java, *flags, "-cp", f"{self.options.lib}/*", "dev.laurel.server.ServerMain"],
            "/readyz",
            {"LAUREL_REPO": str(repository), "LAUREL_PORT": str(port), "LAUREL_GRPC_PORT": str(grpc),
             "LAUREL_CACHE": str(self.options.work / "cache"), **(variables or {})},
            port=port,
        )
        server.grpc = grpc
        return server

    def start(self):
        laurel = self.start_laurel("Laurel", self.repository)
        answer = post(f"http://127.0.0.1:{laurel.port}/predict", self.bodies["own", 1].read_bytes())
        port = free_port()
        limit = self.server(
            "constant answer",
            [*self.java, "-cp", f"{self.options.classes}:{self.options.lib}/*", "dev.laurel.bench.ConstantAnswer", port, answer.decode()],
            port=port,
        )
        paths = {"own": "/predict", "rows": "/predict", "oip": "/v2/models/iris/infer", "mlflow": "/invocations"}
        for rows in (1, 100):
            for form, path in paths.items():
                self.load(f"limit {form}", rows, limit, path, form)
                self.load(form, rows, laurel, path, form)
        for rows in (1, 100):
            self.load("grpc", rows, laurel, GRPC_PATH, "grpc", "application/grpc", "grpc")
            self.load("oip h1", rows, laurel, paths["oip"], "oip", client="h1")
            self.load("oip h2", rows, laurel, paths["oip"], "oip", client="h2")
        self.start_peers()

    def load(self, key, rows, server, path, form, media_type="application/json", client="wrk"):
        self.loads[key, rows] = Load(f"{key}, {rows} rows", server, path, self.bodies[form, rows], media_type, client)

    def start_peers(self):
        apps, venvs, work = ROOT / "bench/peers", self.options.venvs, self.options.work
        quiet = {"PYTHONPATH": str(apps), "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "1", "BENTOML_DO_NOT_TRACK": "True"}

        def program(peer, name):
            return venvs / peer / "bin" / name

        def venv(peer):
            return {**quiet, "VIRTUAL_ENV": str(venvs / peer), "PATH": f"{venvs / peer / 'bin'}:{os.environ['PATH']}"}

        def save(peer):
            subprocess.run([program(peer, "python"), apps / "save.py", peer, work / peer], check=True, env={**os.environ, **venv(peer)},
                           capture_output=True)

        if "fastapi" in self.peers:
            for workers in (1, 2):
                port = free_port()
                server = self.server(
                    f"FastAPI, {workers} worker{'s' if workers > 1 else ''}",
                    [program("fastapi", "uvicorn"), "fastapi_app:app", "--port", port, "--workers", workers, "--log-level", "warning"],
                    "/ready", venv("fastapi"), port=port,
                )
                for rows in (1, 100):
                    self.load(server.name, rows, server, "/predict", "own")
        if "mlflow" in self.peers:
            save("mlflow")
            port = free_port()
            server = self.server(
                "mlflow models serve",
                [program("mlflow", "mlflow"), "models", "serve", "-m", work / "mlflow", "-p", port, "--env-manager", "local", "--workers", 1],
                "/ping", venv("mlflow"), port=port,
            )
            for rows in (1, 100):
                self.load(server.name, rows, server, "/invocations", "inputs")
        if "mlserver" in self.peers:
            save("mlserver")
            port = free_port()
            (work / "mlserver/settings.json").write_text(json.dumps(
                {"http_port": port, "grpc_port": free_port(), "metrics_port": free_port(), "host": "127.0.0.1", "debug": False}))
            server = self.server("MLServer", [program("mlserver", "mlserver"), "start", work / "mlserver"],
                                 "/v2/models/iris/ready", venv("mlserver"), port=port)
            self.await_infer(server)
            for rows in (1, 100):
                self.load(server.name, rows, server, "/v2/models/iris/infer", "mlserver")
        if "bentoml" in self.peers:
            port = free_port()
            server = self.server("BentoML", [program("bentoml", "bentoml"), "serve", "bentoml_app:Iris", "--port", port, "--host", "127.0.0.1"],
                                 "/readyz", {**venv("bentoml"), "BENTOML_HOME": str(work / "bentoml")}, cwd=apps, port=port)
            for rows in (1, 100):
                self.load(server.name, rows, server, "/predict", "own")

    def await_infer(self, server):
        end = time.monotonic() + 60
        while True:
            try:
                post(f"http://127.0.0.1:{server.port}/v2/models/iris/infer", self.bodies["mlserver", 1].read_bytes())
                return
            except OSError:
                if time.monotonic() > end:
                    sys.exit(f"MLServer does not answer:\n{server.log.read_text()[-3000:]}")
                time.sleep(0.2)

    def measure(self):
        seconds = self.options.seconds
        for load in self.loads.values():
            load.warm(seconds)
        for round_ in range(self.options.rounds):
            loads = list(self.loads.values())
            # Neighbours stay beside each other; who comes first changes.
            for load in loads if round_ % 2 == 0 else reversed(loads):
                load.results.append(load.run(seconds))
            print(f"round {round_ + 1} of {self.options.rounds}; load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)

    def report(self):
        titles = {"own": "Laurel, `/predict`, vectors", "rows": "Laurel, `/predict`, rows by column",
                  "oip": "Laurel, `/v2/models/iris/infer`", "mlflow": "Laurel, `/invocations`", "grpc": "Laurel, gRPC (by h2load)",
                  "oip h1": "Laurel, `/v2/models/iris/infer` (by h2load)", "oip h2": "the same, HTTP/2 (by h2load)"}
        for rows in (1, 100):
            own = self.loads["own", rows]
            self.say(f"| {rows} row{'s' if rows > 1 else ''} a request | requests/s | : constant answer | Laurel's `/predict` : this | µs of processors a request | p50 | p99 | p99 : constant answer |")
            self.say("|---|---:|---:|---:|---:|---:|---:|---:|")
            for (key, of), load in self.loads.items():
                if of != rows or (key.startswith("limit") and key != "limit own"):
                    continue
                limit = self.loads.get((f"limit {key}", rows))
                wrk = load.client == "wrk"
                self.say(
                    "| {} | {:,.0f} | {} | {} | {:,.0f} | {} | {} | {} |".format(
                        "constant answer of the same Javalin" if key == "limit own" else titles.get(key, key),
                        column(load, 0),
                        f"{ratio(load, limit, 0):.2f}" if limit else "",
                        f"{ratio(own, load, 0):,.1f}" if wrk else "",
                        column(load, 1),
                        f"{column(load, 2) / 1000:,.2f} ms" if wrk else "",
                        f"{column(load, 3) / 1000:,.2f} ms" if wrk else "",
                        f"{ratio(load, limit, 3):.2f}" if limit else ""))
            self.say()
        for form in ("own", "rows", "oip", "mlflow"):
            load, limit = self.loads[form, 1], self.loads[f"limit {form}", 1]
            rate, cost, tail = ratio(load, limit, 0), ratio(limit, load, 1), ratio(load, limit, 3)
            self.goal(f"{titles[form]}, 1 row: at least 0.85 of the limit's rate", f"{rate:.2f} (by time of processors {cost:.2f})", rate >= 0.85)
            self.goal(f"{titles[form]}, 1 row: at most 1.3 of the limit's p99", f"{tail:.2f}", tail <= 1.3)
        if ("FastAPI, 1 worker", 1) in self.loads:
            for rows, least in ((1, 250), (100, 20)):
                found = ratio(self.loads["own", rows], self.loads["FastAPI, 1 worker", rows], 0)
                self.goal(f"at least {least} times FastAPI with scikit-learn, {rows} row{'s' if rows > 1 else ''} a request", f"{found:,.0f}", found >= least)
        for rows in (1, 100):
            found = ratio(self.loads["grpc", rows], self.loads["oip h1", rows], 0)
            self.goal(f"gRPC at least the rate of JSON over HTTP/1.1, {rows} row{'s' if rows > 1 else ''} (h2load for both)", f"{found:.2f}", found >= 1)
        memory = self.loads["own", 1].server.rss()
        self.goal("memory of the server after all this under 250 MB, at the container's settings", f"{memory:.0f} MB", memory < 250)
        self.say("| server | from exec to ready | memory after load |")
        self.say("|---|---:|---:|")
        for server in self.servers:
            self.say(f"| {server.name} | {server.took:.1f} s | {server.rss():.0f} MB |")
        self.say()

    def many(self):
        """One server with many models, beside one with one."""
        count, work = self.options.models, self.options.work
        repositories = {}
        for models in (1, count):
            repositories[models] = work / f"{models}-models.git"
            subprocess.run(["java", "-cp", f"{self.options.classes}:{self.options.lib}/*", "dev.laurel.bench.ManyModels",
                            self.repository, "iris", repositories[models], str(models)], check=True)
        # Its own heap: a thousand models are more than a pod of one is made for.
        flags = ["-XX:MaxRAM=2g"]
        servers = {models: self.start_laurel(f"Laurel, {models:,} model{'s' if models > 1 else ''}", repository, flags)
                   for models, repository in repositories.items()}
        used = {}
        for models, server in servers.items():
            subprocess.run(["jcmd", str(server.process.pid), "GC.run"], check=True, capture_output=True)
            said = urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics").read().decode()
            used[models] = sum(float(each) for each in re.findall(r'^jvm_memory_used_bytes\{area="heap".*?\} (\S+)$', said, re.M))
        loads = {models: Load(f"{models} models", server, f"/models/model-{models // 2}/predict", self.bodies["own", 1])
                 for models, server in servers.items()}
        for load in loads.values():
            load.warm(self.options.seconds)
        for round_ in range(self.options.rounds):
            for load in list(loads.values()) if round_ % 2 == 0 else reversed(list(loads.values())):
                load.results.append(load.run(self.options.seconds))
        each = (used[count] - used[1]) / (count - 1)
        found = ratio(loads[count], loads[1], 0)
        self.say(f"| models in one server | from exec to ready | memory of the process | heap in use | requests/s, 1 row |")
        self.say("|---:|---:|---:|---:|---:|")
        for models, server in servers.items():
            self.say(f"| {models:,} | {server.took:.1f} s | {server.rss():.0f} MB | {used[models] / 1e6:.1f} MB | {column(loads[models], 0):,.0f} |")
        self.say()
        self.say(f"A model of 100 trees of depth 5 takes {each / 1000:,.0f} kB of the heap.")
        self.say()
        self.goal(f"{count:,} models: within 10 % of the rate of one", f"{found:.2f}", found >= 0.9)

    def starts(self):
        """From exec to the first prediction, from the cache of classes that an image has."""
        said = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr
        if int(re.search(r'"(\d+)', said).group(1)) < 25:
            self.say("No start from a cache: that takes JDK 25 in JAVA_HOME.")
            return
        image = self.options.work / "image"
        image.mkdir()
        os.symlink(self.options.lib, image / "lib")
        subprocess.run(["java", "-cp", f"{self.options.lib}/*", "dev.laurel.launch.ImageCache", image, "server"], check=True, capture_output=True)
        body, took, used = self.bodies["own", 1].read_bytes(), {"on": [], "off": []}, {"on": [], "off": []}
        for _ in range(self.options.starts):
            for mode, times in took.items():
                port = free_port()
                begin = time.monotonic()
                process = subprocess.Popen(
                    ["java", f"@{image}/options", "-XX:MaxRAM=512m", f"-XX:AOTMode={mode}", "dev.laurel.server.ServerMain"],
                    env={**os.environ, "LAUREL_REPO": str(self.repository), "LAUREL_PORT": str(port),
                         "LAUREL_CACHE": str(self.options.work / "cache")}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                while True:
                    try:
                        post(f"http://127.0.0.1:{port}/predict", body)
                        break
                    except OSError:
                        time.sleep(0.005)
                times.append(time.monotonic() - begin)
                used[mode].append(processors(process.pid))
                process.terminate()
                process.wait()
        with_cache, without = (statistics.median(times) for times in took.values())
        cpu_with, cpu_without = (statistics.median(times) for times in used.values())
        self.say(f"From exec to the first prediction: {with_cache:.2f} s with the cache of classes ({cpu_with:.2f} s of processors), "
                 f"{without:.2f} s without ({cpu_without:.2f} s); medians of {self.options.starts}.")
        self.say()
        self.goal("from exec to the first prediction under 0.8 s, with the cache of JDK 25", f"{with_cache:.2f} s ({cpu_with:.2f} s of processors)", with_cache < 0.8)

    def run(self):
        began, loaded = time.monotonic(), [os.getloadavg()[0]]
        self.prepare()
        if self.options.starts:
            self.starts()
        loaded.append(os.getloadavg()[0])
        self.start()
        self.measure()
        loaded.append(os.getloadavg()[0])
        self.report()
        self.stop()
        if self.options.models:
            self.many()
        loaded.append(os.getloadavg()[0])
        self.say("| goal | measured | met |")
        self.say("|---|---|---|")
        for goal in self.goals:
            self.say(goal)
        java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.split('"')[1]
        model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
        head = [
            f"Measured {datetime.date.today():%-d %b %Y} with `{os.environ['BENCH_COMMAND']}` in {time.monotonic() - began:.0f} s: "
            f"{self.options.rounds} pairs of {self.options.seconds} s each, {CONNECTIONS} connections.",
            f"Machine: {os.cpu_count()} cores, which load and servers share, {model.group(1) if model else platform.processor()}, "
            f"Linux {platform.release()}, JDK {java}, Python {platform.python_version()}. "
            f"Load average while it ran: {' '.join(f'{each:.1f}' for each in loaded)}.",
            "",
        ]
        if self.options.write:
            readme = ROOT / "bench/README.md"
            text = readme.read_text()
            begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
            readme.write_text(text[:begin] + "\n" + "\n".join(head + self.lines).rstrip() + "\n" + text[end:])
        print("\n".join(head))

    def stop(self):
        for server in self.servers:
            server.stop()
        self.servers = []


def main():
    # Whoever ends this ends the servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    bench = Bench(arguments())
    try:
        bench.run()
    finally:
        bench.stop()


if __name__ == "__main__":
    main()
