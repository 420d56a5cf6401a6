"""The measurements of bench/learn: the same rows and hyperparameters for Laurel's trainers and their peers, in turn."""

import argparse
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import time
import warnings

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import (
    BaggingClassifier,
    BaggingRegressor,
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, log_loss, mean_absolute_error, root_mean_squared_error
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.svm import SVC, SVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

ROWS, FEATURES = 2_500, 10
CORES = 2

FOREST = "{kind: %s, trees: 100, depth: 5, feature_fraction: 0.5, minimum_split: 2, minimum_leaf: 1}"
BAGGING = "{kind: bagging, trees: 30, depth: 12, minimum_split: 2, minimum_leaf: 1}"
TREE = "{kind: decision-tree, depth: 6, minimum_split: 2, minimum_leaf: 5}"
BOOSTING = (
    "{kind: gradient-boosting, trees: 100, depth: 4, learning_rate: 0.1, lambda: 1.0, minimum_child_weight: 1.0,"
    " subsample: 0.8}"
)


def forest(kind):
    return lambda seed: kind(n_estimators=100, max_depth=5, max_features=0.5, n_jobs=CORES, random_state=seed)


def bagging(kind, tree):
    return lambda seed: kind(tree(max_depth=12), n_estimators=30, n_jobs=CORES, random_state=seed)


def tree(kind):
    return lambda seed: kind(max_depth=6, min_samples_leaf=5, random_state=seed)


def boosting(kind):
    import xgboost

    return lambda seed: getattr(xgboost, kind)(
        n_estimators=100,
        max_depth=4,
        learning_rate=0.1,
        reg_lambda=1,
        min_child_weight=1,
        subsample=0.8,
        tree_method="exact",
        n_jobs=CORES,
        random_state=seed,
    )


def svc(seed):
    from sklearn.model_selection import StratifiedKFold

    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    return CalibratedClassifierCV(SVC(C=1.0, gamma="scale"), cv=folds, ensemble=False, n_jobs=CORES)


# A trainer as a definition has it, whether it learns labels, and its peer.
CASES = [
    (FOREST % "random-forest", True, forest(RandomForestClassifier)),
    (FOREST % "random-forest", False, forest(RandomForestRegressor)),
    (FOREST % "extra-trees", True, forest(ExtraTreesClassifier)),
    (FOREST % "extra-trees", False, forest(ExtraTreesRegressor)),
    (TREE, True, tree(DecisionTreeClassifier)),
    (TREE, False, tree(DecisionTreeRegressor)),
    (BAGGING, True, bagging(BaggingClassifier, DecisionTreeClassifier)),
    (BAGGING, False, bagging(BaggingRegressor, DecisionTreeRegressor)),
    ("{kind: logistic, penalty: 0.001}", True, lambda seed: LogisticRegression(C=1 / (0.001 * ROWS))),
    ("{kind: linear}", False, lambda seed: LinearRegression()),
    ("{kind: ridge, penalty: 1.0}", False, lambda seed: Ridge(alpha=1.0)),
    ("{kind: lasso, penalty: 0.1}", False, lambda seed: Lasso(alpha=0.1)),
    ("{kind: elastic-net, penalty: 0.1, lasso_share: 0.5}", False, lambda seed: ElasticNet(alpha=0.1, l1_ratio=0.5)),
    ("{kind: svc, kernel: rbf, cost: 1.0, gamma: 0.0}", True, svc),
    ("{kind: svr, kernel: rbf, cost: 1.0, gamma: 0.0, epsilon: 0.1}", False, lambda seed: SVR(C=1.0, epsilon=0.1)),
    ("{kind: knn, neighbours: 5}", True, lambda seed: KNeighborsClassifier(5)),
    ("{kind: knn, neighbours: 5}", False, lambda seed: KNeighborsRegressor(5)),
    (BOOSTING, True, boosting("XGBClassifier")),
    (BOOSTING, False, boosting("XGBRegressor")),
]


class Rows:
    """Ten numbers a row; two products and a step are what trees see better than lines, and noise keeps all of them from being right."""

    def __init__(self, folder):
        random = np.random.default_rng(42)
        self.folder = folder
        both = random.standard_normal((2 * ROWS, FEATURES))
        # As single precision has them, in which scikit-learn's forests and XGBoost compute.
        both = both.astype(np.float32).astype(np.float64)
        value = both @ np.array([1, -1, 0.5, 0.5, 0, 0, 0, 0, 0, 0.2])
        value += both[:, 4] * both[:, 5] + np.where(both[:, 6] > 0.5, 1.5, 0) + random.standard_normal(2 * ROWS)
        self.training, self.judging = both[:ROWS], both[ROWS:]
        self.values = value[:ROWS], value[ROWS:]
        self.labels = (self.values[0] > 0.5).astype(int), (self.values[1] > 0.5).astype(int)
        for name, numbers in {
            "training": self.training,
            "judging": self.judging,
            "values": self.values[0],
            "labels": self.labels[0],
        }.items():
            (folder / name).write_bytes(np.ascontiguousarray(numbers, dtype="<f8").tobytes())

    def metrics(self, labels, answers):
        if labels:
            truth, shares = self.labels[1], answers[:, 1]
            return {"accuracy": accuracy_score(truth, shares > 0.5), "log loss": log_loss(truth, shares)}
        truth = self.values[1]
        return {"RMSE": root_mean_squared_error(truth, answers), "MAE": mean_absolute_error(truth, answers)}


class Laurel:
    """A process of Laurel that fits what it is told to. A fresh one for each trainer, as training has it."""

    def __init__(self, command, rows):
        self.rows = rows
        self.process = subprocess.Popen(
            shlex.split(command) + [str(rows.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def asked(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"Laurel ended at: {line}")
        return float(answer)

    def fit(self, trainer, labels, seed):
        file = self.rows.folder / "scores"
        seconds = self.asked(f"fit {2 if labels else 0} {seed} {file} {trainer}")
        scores = np.frombuffer(file.read_bytes(), dtype="<f8")
        return seconds, self.rows.metrics(labels, scores.reshape(-1, 2) if labels else scores)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def fit_peer(make, rows, labels, seed):
    model = make(seed)
    truth = rows.labels[0] if labels else rows.values[0]
    start = time.perf_counter()
    model.fit(rows.training, truth)
    seconds = time.perf_counter() - start
    return seconds, rows.metrics(labels, model.predict_proba(rows.judging) if labels else model.predict(rows.judging))


def measure(trainer, labels, make, rows, command, seeds):
    laurel = Laurel(command, rows)
    first = laurel.fit(trainer, labels, 0)[0]
    fit_peer(make, rows, labels, 0)
    # Until the compiler has seen it, or for three seconds.
    until = time.monotonic() + 3
    for _ in range(10):
        if time.monotonic() < until:
            laurel.fit(trainer, labels, 0)
    ours, theirs = [], []
    for seed in range(1, seeds + 1):
        for whose in (0, 1) if seed % 2 else (1, 0):
            if whose == 0:
                ours.append(laurel.fit(trainer, labels, seed))
            else:
                theirs.append(fit_peer(make, rows, labels, seed))
    laurel.end()
    return first, ours, theirs


def told(seconds):
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def row(trainer, labels, first, ours, theirs):
    name = re.search(r"kind: ([a-z-]+)", trainer)[1]
    cells = []
    inside = True
    for metric in ours[0][1]:
        our_mean = statistics.mean(one[1][metric] for one in ours)
        each = [one[1][metric] for one in theirs]
        mean, spread = statistics.mean(each), statistics.stdev(each) if len(each) > 1 else 0
        # Who draws nothing has no spread; then a thousandth is what a later end of the same iteration may change.
        inside &= abs(our_mean - mean) <= max(2 * spread, 1e-3 * abs(mean))
        cells.append(f"{metric} {our_mean:.4f} : {mean:.4f} ± {spread:.4f}")
    ratio = statistics.median(peer[0] / our[0] for our, peer in zip(ours, theirs))
    took = [statistics.median(one[0] for one in side) for side in (ours, theirs)]
    return (
        f"| {name}, {'labels' if labels else 'values'} | {' | '.join(cells)} | {'yes' if inside else '**no**'} "
        f"| {told(took[0])} | {told(first)} | {told(took[1])} | {ratio:.1f} |"
    )


def lines(tree):
    """A tree of scikit-learn's in preorder, as LearnWorker reads it."""

    def node(at):
        if tree.children_left[at] < 0:
            shares = tree.value[at][0] / tree.value[at][0].sum()
            yield "-1 " + " ".join(repr(float(share)) for share in shares)
        else:
            yield f"{tree.feature[at]} {float(tree.threshold[at])!r}"
            yield from node(tree.children_left[at])
            yield from node(tree.children_right[at])

    return node(0)


def single_rows(rows, laurel_command, tribuo_command):
    import tl2cgen
    import treelite

    model = RandomForestClassifier(100, max_depth=5, max_features=0.5, random_state=1).fit(rows.training, rows.labels[0])
    dump = rows.folder / "forest"
    dump.write_text("".join(line + "\n" for each in model.estimators_ for line in lines(each.tree_)))
    code = rows.folder / "treelite"
    tl2cgen.generate_c_code(treelite.sklearn.import_model(model), dirpath=str(code), params={})
    here = pathlib.Path(__file__).parent
    subprocess.run(
        ["cc", "-O3", "-march=native", "-w", "-o", code / "rows", here / "learn_rows.c", code / "main.c", "-I", code, "-lm"],
        check=True,
    )
    judging = str(rows.folder / "judging")
    laurel = Laurel(laurel_command, rows)
    took = {"Laurel": [], "treelite, compiled with -O3": [], "Tribuo": [], "scikit-learn, predict_proba": []}
    for _ in range(7):
        took["Laurel"].append(laurel.asked(f"rows {dump}"))
        compiled = subprocess.run([code / "rows", judging], check=True, capture_output=True, text=True).stdout
        took["treelite, compiled with -O3"].append(float(compiled.split()[0]))
        tribuo = subprocess.run(
            shlex.split(tribuo_command) + [str(rows.folder)], check=True, capture_output=True, text=True
        ).stdout
        took["Tribuo"].append(float(tribuo.split()[1]))
        each = []
        for vector in rows.judging[:10]:
            start = time.perf_counter()
            model.predict_proba([vector])
            each.append((time.perf_counter() - start) * 1e9)
        took["scikit-learn, predict_proba"].append(min(each))
    laurel.end()
    print("\n| one row, 100 trees of depth 5, the quickest of 40 rounds, median of 7 in turn | µs | : Laurel |\n|---|---:|---:|")
    for name, each in took.items():
        ratio = statistics.median(one / ours for one, ours in zip(each, took["Laurel"]))
        print(f"| {name} | {statistics.median(each) / 1e3:.2f} | {ratio:.1f} |")


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--rows", type=pathlib.Path, required=True)
    words.add_argument("--seeds", type=int, default=20)
    words.add_argument("--only", default="")
    words.add_argument("--laurel", required=True)
    words.add_argument("--tribuo", required=True)
    asked = words.parse_args()
    warnings.filterwarnings("ignore")
    rows = Rows(asked.rows)
    print(f"{ROWS:,} rows of {FEATURES} numbers to learn from and as many to judge, {asked.seeds} seeds in turn, {CORES} cores\n")
    print(
        "| trainer | Laurel : peer ± spread of its seeds | | within | Laurel | its first | peer | : Laurel |\n"
        "|---|---|---|---|---:|---:|---:|---:|"
    )
    for trainer, labels, make in CASES:
        if asked.only in trainer and asked.only != "rows":
            print(row(trainer, labels, *measure(trainer, labels, make, rows, asked.laurel, asked.seeds)), flush=True)
    if asked.only in ("", "rows"):
        single_rows(rows, asked.laurel, asked.tribuo)
    print(f"\nload {os.getloadavg()[0]:.1f}")


main()
