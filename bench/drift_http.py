"""Requests a second of a server that counts drift beside one that does not, in interleaved pairs. Run it by `bench/drift --http`."""

import argparse
import json
import pathlib
import random
import statistics
import sys
import urllib.request

import serving

BODIES = 4096


def main():
    parser = argparse.ArgumentParser(prog="bench/drift --http", description=__doc__)
    parser.add_argument("--pairs", type=int, default=10, help="(default: %(default)s)")
    parser.add_argument("--seconds", type=int, default=2, help="of load for each (default: %(default)s)")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="an empty folder")
    parser.add_argument("--lib", required=True)
    options = parser.parse_args()
    options.peers, options.venvs, options.classes = "", None, None
    bench = serving.Bench(options)
    bench.prepare()
    # A row that came before is only counted as repeated, so no two are the same.
    random.seed(7)
    kinds = {"features": lambda row: {"features": [row]}, "rows by column": lambda row: {"rows": [dict(zip(serving.COLUMNS, row))]}}
    files = {}
    for kind, document in kinds.items():
        files[kind] = options.work / (kind.replace(" ", "-") + ".jsonl")
        with open(files[kind], "w") as out:
            for _ in range(BODIES):
                out.write(json.dumps(document([round(random.uniform(*bounds), 4) for bounds in serving.BOUNDS])) + "\n")
    servers = {}
    for drift in ("on", "off"):
        # What else is done behind answers is the same for both.
        servers[drift] = bench.start_laurel(f"drift {drift}", bench.repository, variables={
            "LAUREL_DRIFT": drift, "LAUREL_CACHE": str(options.work / f"cache-{drift}")})
    try:
        print(f"{options.pairs} pairs of {options.seconds} s each, {serving.CONNECTIONS} connections; ratios are medians of those of pairs, with the quartiles.")
        print("| 1 row a request | requests/s, on | off | on : off | µs of processors a request, on | off | on : off |\n|---|---:|---:|---:|---:|---:|---:|")
        for kind, path in files.items():
            loads = {drift: serving.Load(f"{kind}, {drift}", server, "/predict", path, each_line=True) for drift, server in servers.items()}
            # In turns, as they are measured, and both again: a compiler of a JVM comes late on a busy machine.
            for _ in range(2):
                for load in loads.values():
                    load.warm(options.seconds)
            for pair in range(options.pairs):
                for drift in ("on", "off") if pair % 2 else ("off", "on"):
                    loads[drift].results.append(loads[drift].run(options.seconds))
            on, off = loads["on"], loads["off"]
            print(f"| {kind} | {serving.column(on, 0):,.0f} | {serving.column(off, 0):,.0f} | {spread(on, off, 0)}"
                  f" | {serving.column(on, 1):.1f} | {serving.column(off, 1):.1f} | {spread(on, off, 1)} |", flush=True)
        with urllib.request.urlopen(f"http://127.0.0.1:{servers['on'].port}/models/iris/drift", timeout=30) as answer:
            seen = json.load(answer)["versions"][0]["day"]["seen"]
        print(f"counted: {seen['rows']:,} rows, {seen['repeated']:,} repeated ones")
    finally:
        for server in servers.values():
            server.stop()


def spread(one, other, place):
    ratios = sorted(a[place] / b[place] for a, b in zip(one.results, other.results))
    if len(ratios) < 2:
        return f"{ratios[0]:.3f}"
    low, middle, high = statistics.quantiles(ratios, n=4)
    return f"{middle:.3f} ({low:.3f}..{high:.3f})"


if __name__ == "__main__":
    sys.exit(main())
