"""Load on a server while its pin moves, beside senders that stop: load.py URL BARE MODEL SECONDS PROMOTIONS BAD_PINS SLOW RATE PID. See load.sh."""

import bisect
import json
import multiprocessing
import os
import pathlib
import queue
import re
import selectors
import socket
import subprocess
import sys
import time

CLIENTS = 4
# Seconds from a commit to the answer of every connection: the server looks four times a second, and loads what it finds.
LAG = float(os.environ["LOAD_LAG"])
# The same on a machine that is busy with something else.
BUSY_LAG = 3 * LAG
# Seconds of load before anything is judged.
WARM = 10
# Fewer connections than one address may hold open.
OF_ADDRESS = 1000
# Of them in a second.
OPENED = 1000
MOST_P99 = float(os.environ["LOAD_P99"])
# Milliseconds that 99 of a hundred echoes stay below where nothing else wants the processors.
BUSY = 5
# A JVM that is young grows into its heap.
MOST_GROWTH = 1.15


def fail(text):
    sys.exit(f"failed: {text}")


def client(number, address, path, body, rate, seconds, results):
    """Asks at an even rate over one connection, whoever is slow; an answer's time counts from when its question was due."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    question = head.encode() + body
    model = re.compile(rb"\r\nX-Laurel-Model: [^@\r]+@(v\d+)\r\n", re.I)
    length = re.compile(rb"\r\nContent-Length: (\d+)\r\n", re.I)
    answers, broken = [], []
    connection = socket.create_connection(address)
    connection.settimeout(30)
    begin = time.monotonic() + number / rate / CLIENTS
    due = begin
    while due < begin + seconds:
        wait = due - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        asked = time.monotonic()
        try:
            connection.sendall(question)
            data = b""
            while b"\r\n\r\n" not in data:
                more = connection.recv(65536)
                if not more:
                    raise OSError("the connection was closed")
                data += more
            end = data.index(b"\r\n\r\n") + 4
            missing = end + int(length.search(data[:end]).group(1)) - len(data)
            while missing > 0:
                missing -= len(connection.recv(65536))
            answered = time.monotonic()
            found = model.search(data[:end])
            if not data.startswith(b"HTTP/1.1 200 ") or not found:
                broken.append(data[:400].decode(errors="replace"))
            else:
                answers.append((asked, answered, found.group(1).decode(), answered - due))
        except (OSError, AttributeError) as e:
            broken.append(repr(e))
            connection = socket.create_connection(address)
        due += 1 / rate
    results.put((answers, broken))


def echo(rate, seconds, results):
    """How long the machine itself takes to wake one process by another, whatever else it does."""
    near, far = socket.socketpair()
    if os.fork() == 0:
        near.close()
        while data := far.recv(64):
            far.send(data)
        os._exit(0)
    far.close()
    times, due = [], time.monotonic()
    end = due + seconds
    while due < end:
        time.sleep(max(0, due - time.monotonic()))
        near.send(b"x")
        near.recv(64)
        times.append(time.monotonic() - due)
        due += 1 / rate
    near.close()
    results.put(times)


def slow(address, path, many, opened):
    """Connections that send a header and one byte of a body, each of which is opened anew when the server has had enough of it."""
    question = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{".encode()
    waiting = selectors.DefaultSelector()

    def send(number):
        connection = socket.create_connection(address, source_address=(f"127.0.0.{2 + number // OF_ADDRESS}", 0))
        connection.sendall(question)
        waiting.register(connection, selectors.EVENT_READ, number)

    begin = time.monotonic()
    for number in range(many):
        # Not all at once, or the server would have enough of all at once too.
        time.sleep(max(0, begin + number / OPENED - time.monotonic()))
        send(number)
    opened.set()
    while many:
        for ready, _ in waiting.select():
            waiting.unregister(ready.fileobj)
            ready.fileobj.close()
            send(ready.data)


def quantiles(times):
    """Milliseconds that half, and 99 of a hundred took, and the longest."""
    times = sorted(times)
    return [1000 * times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.99, 1)]


class Pins:
    """Moves the pin by plain Git, as a Git host would: nobody checks it but the server."""

    def __init__(self, bare, model):
        self.bare, self.model = bare, model
        self.path = f"environments/production/{model}/champion.yaml"
        self.index = dict(os.environ, GIT_INDEX_FILE=str(pathlib.Path(bare).resolve().parent / "load.index"))
        self.moved = []  # (before, after, version or None where it is bad)

    def git(self, *words, given=None):
        return subprocess.run(["git", f"--git-dir={self.bare}", *words], input=given, env=self.index, check=True, capture_output=True).stdout

    def good(self, version):
        folder = f"models/{self.model}/versions/{version // 100:02}/v{version}"
        pointer = self.git("show", f"main:{folder}/{self.model}.model").decode()
        record = subprocess.run(["sha256sum"], input=self.git("show", f"main:{folder}/version.yaml"), capture_output=True).stdout
        return "".join([
            f"model: {self.model}\nversion: v{version}\ndigest: {re.search('^oid (.*)$', pointer, re.M).group(1)}\n",
            f"size: {re.search('^size (.*)$', pointer, re.M).group(1)}\nrecord: sha256:{record.split()[0].decode()}\n",
            "by: person\nreason: to see the server follow\n"])

    def bad(self, version, kind):
        """A digest that nobody has, a version that is not there, and what is no pin at all."""
        text = self.good(version)
        return [
            re.sub("digest: sha256:.{64}", "digest: sha256:" + "0" * 64, text),
            text.replace(f"version: v{version}", "version: v99"),
            "model: [",
        ][kind % 3]

    def move(self, text, version):
        parent = self.git("rev-parse", "main").decode().strip()
        blob = self.git("hash-object", "-w", "--stdin", given=text.encode()).decode().strip()
        self.git("read-tree", "main")
        self.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{self.path}")
        tree = self.git("write-tree").decode().strip()
        commit = self.git("commit-tree", tree, "-p", parent, "-m", f"Move the pin of {self.model}").decode().strip()
        before = time.monotonic()
        self.git("update-ref", "refs/heads/main", commit, parent)
        self.moved.append((before, time.monotonic(), version))


def rss(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def allowed(moves, asked, answered, lag):
    """Versions that a request may be answered by: what was pinned at some time from that lag before it on, a bad pin leaving what was there."""
    first = max(0, bisect.bisect_left([after for _, after, _ in moves], asked - lag) - 1)
    standing = next((version for _, _, version in reversed(moves[: first + 1]) if version), None)
    return {standing} | {version for before, _, version in moves[first:] if version and before <= answered}


def main():
    url, bare, model, seconds, promotions, bad_pins, senders, rate, pid = sys.argv[1:]
    seconds, promotions, bad_pins, senders, rate, pid = float(seconds), int(promotions), int(bad_pins), int(senders), float(rate), int(pid)
    host, port = re.match(r"http://([^:/]+):(\d+)", url).groups()
    described = json.loads(subprocess.run(["curl", "-fsS", f"{url}/models/{model}"], check=True, capture_output=True).stdout)
    body = json.dumps({"features": described["example"]["features"][:1]}).encode()
    path = f"/models/{model}/predict"

    def load(seconds):
        results = multiprocessing.Queue()
        clients = [
            multiprocessing.Process(target=client, args=(number, (host, int(port)), path, body, rate / CLIENTS, seconds, results), daemon=True)
            for number in range(CLIENTS)
        ]
        for each in clients:
            each.start()
        return results

    def collect(results):
        answers, broken = [], []
        for _ in range(CLIENTS):
            try:
                ours, failed = results.get(timeout=seconds + 60)
            except queue.Empty:
                fail("a client did not come to its end")
            answers += ours
            broken += failed
        return answers, broken

    # A JVM that has just started compiles what it is asked for first.
    collect(load(WARM))
    opened = multiprocessing.Event()
    sending = multiprocessing.Process(target=slow, args=((host, int(port)), path, senders, opened), daemon=True)
    sending.start()
    if not opened.wait(timeout=60):
        fail(f"{senders} connections could not be opened")
    pins = Pins(bare, model)
    pins.move(pins.good(2), "v2")
    time.sleep(BUSY_LAG)
    echoes = multiprocessing.Queue()
    multiprocessing.Process(target=echo, args=(100, seconds, echoes)).start()
    results = load(seconds)
    begin, total, memory = time.monotonic(), promotions + bad_pins, []
    bad, good = 0, 1
    for number in range(total):
        time.sleep(max(0, begin + seconds * (number + 0.5) / total - time.monotonic()))
        if bad <= bad_pins * number // total and bad < bad_pins:
            pins.move(pins.bad(1 + good % 2, bad), None)
            bad += 1
        else:
            version = 1 + (good + 1) % 2
            pins.move(pins.good(version), f"v{version}")
            good += 1
        memory.append(rss(pid))
    answers, broken = collect(results)
    if not sending.is_alive():
        fail("the senders that stop came to an end")
    if broken:
        fail(f"{len(broken)} of {len(broken) + len(answers)} requests failed, the first with {broken[0]}")
    machine = quantiles(echoes.get(timeout=60))[1]
    lag = BUSY_LAG if machine > BUSY else LAG
    for asked, answered, version, _ in answers:
        if version not in allowed(pins.moved, asked, answered, lag):
            late = asked - max(after for _, after, moved in pins.moved if moved and moved != version and after < asked)
            fail(f"an answer of {version} {late:.2f} s after another version was pinned (expected: at most {lag} s)")
    versions = sorted({version for _, _, version, _ in answers})
    if len(versions) != 2:
        fail(f"answers of {versions} (expected: two versions)")
    swaps = sum(one[2] != other[2] for one, other in zip(sorted(answers, key=lambda a: a[1]), sorted(answers, key=lambda a: a[1])[1:]))
    p50, p99, most = quantiles([took for _, _, _, took in answers])
    third, end = memory[len(memory) // 3], memory[-1]
    print(f"{len(answers)} requests in {seconds:.0f} s beside {senders} senders that stopped, {good - 1} promotions, {bad} bad pins: none failed, none answered by what was not pinned, "
          f"{swaps} changes of version seen; p50 {p50:.2f} ms, p99 {p99:.2f} ms (an echo: {machine:.2f} ms), longest {most:.0f} ms; "
          f"memory {third:.0f} MB after a third, {end:.0f} MB at the end; load average {os.getloadavg()[0]:.1f}")
    if machine > BUSY:
        print(f"p99 is not judged: an echo alone takes {machine:.0f} ms on this machine just now (expected: less than {BUSY} ms)")
    elif p99 > MOST_P99:
        fail(f"p99 {p99:.2f} ms (expected: at most {MOST_P99} ms; LOAD_P99 says another bound)")
    if end > MOST_GROWTH * third:
        fail(f"memory grew from {third:.0f} MB to {end:.0f} MB (expected: flat)")


main()
