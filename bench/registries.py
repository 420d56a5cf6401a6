"""Laurel and its peers behind one interface: build a state, then do one operation and say how long it took (in seconds)."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

MODEL = "model-0"
SOURCE = "s3://nowhere/model"


def timed(operation):
    start = time.perf_counter()
    operation()
    return time.perf_counter() - start


def git(repository, *words, stdin=None):
    return subprocess.run(
        ["git", "-C", str(repository), *words], input=stdin, check=True, capture_output=True
    ).stdout


class Laurel:
    """The Registry API in one JVM, on a bare repository on disk. A version here is its bytes and its evidence; at the peers it is a row or a tag."""

    name = "Laurel"
    way = "local"

    def __init__(self, folder, java):
        self.repository = folder / "models.git"
        self.java = java

    def build(self, models, versions, size=1000):
        self._start()
        self._ask(f"build {models} {versions} {size}")
        git(self.repository, "gc", "-q")

    def open(self):
        self._ask("warm")

    def register(self):
        return self._do("register")

    def promote(self):
        return self._do("promote")

    def resolve(self):
        return self._do("resolve", 20)

    def list(self):
        return self._do("list")

    def _do(self, operation, times=1):
        return self._ask(f"{self.way} {operation} {times}") / 1e9

    def bytes_to_serve(self):
        return self._ask("bytes")

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    def _start(self):
        self.process = subprocess.Popen(
            [*self.java, "dev.laurel.bench.RegistryWorker", str(self.repository), os.environ["LAUREL_DEFINITION"]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"the worker of Laurel ended at: {line}")
        return int(answer)


class LaurelOverHttp(Laurel):
    """The same repository behind the HTTP server of the same JVM, through Laurel's client for Git hosts: each write is a push over Git and LFS."""

    name = "Laurel over HTTP"
    way = "remote"

    def __init__(self, laurel):
        self.laurel = laurel

    def open(self):
        # Warm with the other one.
        pass

    def resolve(self):
        return self._do("resolve")

    def _ask(self, line):
        return self.laurel._ask(line)

    def close(self):
        pass


def git_size(repository):
    """Of all packs and loose objects, in bytes."""
    counts = dict(line.split(": ") for line in git(repository, "count-objects", "-v").decode().splitlines())
    return 1024 * (int(counts["size"]) + int(counts["size-pack"]))


class Mlflow:
    """The registry of an MLflow server on SQLite, on loopback, asked by MLflow's own client."""

    name = "MLflow"

    def __init__(self, folder):
        self.folder = folder
        self.store = f"sqlite:///{folder}/mlflow.db"

    def build(self, models, versions):
        # The server's own store writes the rows, without HTTP between.
        from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore

        store = SqlAlchemyStore(self.store)
        for model in range(models):
            store.create_registered_model(f"model-{model}")
            for _ in range(versions):
                store.create_model_version(f"model-{model}", SOURCE)
            store.set_registered_model_alias(f"model-{model}", "champion", str(versions))
        self.newest = versions
        self.pinned = versions

    def open(self):
        from mlflow import MlflowClient

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        with open(self.folder / "server.log", "wb") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "mlflow", "server", "--backend-store-uri", self.store]
                + ["--default-artifact-root", str(self.folder / "files")]
                + ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"],
                # Its seven runners of jobs have nothing to do here, and take both processors while they start.
                env={**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_for(url + "/health")
        self.client = MlflowClient(tracking_uri=url, registry_uri=url)
        for _ in range(5):
            self.register(), self.promote(), self.resolve(), self.list()

    def _wait_for(self, url):
        for _ in range(3000):
            try:
                with urllib.request.urlopen(url, timeout=1):
                    return
            except OSError:
                if self.server.poll() is not None:
                    break
                time.sleep(0.1)
        sys.exit(f"the MLflow server does not answer: see {self.folder}/server.log")

    def register(self):
        self.newest += 1
        return timed(lambda: self.client.create_model_version(MODEL, SOURCE))

    def promote(self):
        self.pinned = self.newest if self.pinned != self.newest else self.newest - 1
        return timed(lambda: self.client.set_registered_model_alias(MODEL, "champion", str(self.pinned)))

    def resolve(self):
        return timed(lambda: self.client.get_model_version_by_alias(MODEL, "champion"))

    def list(self):
        return timed(
            lambda: self.client.search_model_versions(
                f"name='{MODEL}'", max_results=50, order_by=["version_number DESC"]
            )
        )

    def close(self):
        os.killpg(self.server.pid, signal.SIGTERM)
        self.server.wait()


class Gto:
    """GTO's Python API on a Git repository. A version is an annotated tag; every call reads all tags."""

    name = "GTO"

    def __init__(self, folder):
        self.repository = folder / "gto"

    def build(self, models, versions):
        # The tags that GTO would write, by one stream of Git's: it takes GTO seconds for each at the larger sizes.
        self.repository.mkdir()
        git(self.repository, "init", "-q", "-b", "main")
        git(self.repository, "config", "user.name", "Bench")
        git(self.repository, "config", "user.email", "bench@laurel.example")
        stream = []
        person = "Bench <bench@laurel.example>"
        clock = 1_600_000_000
        for version in range(1, versions + 1):
            clock += 1
            stream.append(f"commit refs/heads/main\nmark :{version}\ncommitter {person} {clock} +0000\ndata 1\nx\n")
            for model in range(models):
                stream.append(self._tag(f"model-{model}@v0.0.{version}", version, person, clock))
        for model in range(models):
            stream.append(self._tag(f"model-{model}#prod#1", versions, person, clock))
        git(self.repository, "fast-import", "--quiet", stdin="".join(stream).encode())
        git(self.repository, "pack-refs", "--all")
        git(self.repository, "gc", "-q")
        self.newest = versions
        self.pinned = versions

    @staticmethod
    def _tag(name, mark, person, clock):
        return f"tag {name}\nfrom :{mark}\ntagger {person} {clock} +0000\ndata 1\nx\n"

    def open(self):
        pass

    def register(self):
        from gto import api

        # GTO registers a commit once only.
        head = git(self.repository, "rev-parse", "main").decode().strip()
        commit = git(self.repository, "commit-tree", "-p", head, "-m", "x", head + "^{tree}").decode().strip()
        git(self.repository, "update-ref", "refs/heads/main", commit)
        self.newest += 1
        return timed(lambda: api.register(str(self.repository), MODEL, commit, version=f"v0.0.{self.newest}"))

    def promote(self):
        from gto import api

        self.pinned = self.newest if self.pinned != self.newest else self.newest - 1
        return timed(
            lambda: api.assign(str(self.repository), MODEL, "prod", version=f"v0.0.{self.pinned}", force=True)
        )

    def resolve(self):
        from gto import api

        return timed(lambda: api.find_versions_in_stage(str(self.repository), MODEL, "prod"))

    def list(self):
        from gto import api

        # GTO shows all versions; there is no way to ask for some.
        return timed(lambda: api.show(str(self.repository), MODEL))

    def close(self):
        pass
