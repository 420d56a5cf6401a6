"""The models that bench/predictors kept, handed over to scikit-learn and XGBoost: how far their answers for the same rows are from Laurel's."""

import json
import pathlib
import sys
import warnings

import numpy as np
import xgboost
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.svm import SVR
from sklearn.tree._tree import NODE_DTYPE, Tree

BLOCK = 50_000


class Reader:
    """predictor.bin, as docs/model-file.md has it."""

    def __init__(self, data):
        self.data, self.at = data, 0
        assert (self.name(), self.byte()) == ("LAUREL-PREDICTOR", 1)

    def bytes(self, count):
        self.at += count
        return self.data[self.at - count : self.at]

    def byte(self):
        return self.bytes(1)[0]

    def number(self):
        low = self.byte()
        return low if low < 128 else low - 128 + 128 * self.number()

    def doubles(self, *shape):
        count = int(np.prod(shape))
        return np.frombuffer(self.bytes(8 * count), "<f8").reshape(shape)

    def name(self):
        return self.bytes(self.byte()).decode("ascii")

    def trees(self):
        """The number of inputs, and each tree as rows of input, threshold, left, right and leaf."""
        inputs, outputs = self.number(), self.number()
        thresholds = [self.doubles(self.number()) for _ in range(inputs)]
        leaves = [self.doubles(outputs) for _ in range(self.number())]

        def node(nodes):
            split, place = self.number(), self.number()
            at = len(nodes)
            nodes.append(None)
            if split:
                nodes[at] = (split - 1, thresholds[split - 1][place], node(nodes), node(nodes), None)
            else:
                nodes[at] = (-2, -2.0, -1, -1, leaves[place])
            return at

        trees = []
        for _ in range(self.number()):
            trees.append([])
            node(trees[-1])
        return inputs, outputs, trees


def softmax(sums):
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def sigmoid(sums):
    return 1 / (1 + np.exp(-sums))


def forest(reader):
    """scikit-learn's own trees; its forests give their mean."""
    inputs, outputs, nodes = reader.trees()
    trees = []
    for each in nodes:
        array = np.zeros(len(each), NODE_DTYPE)
        values = np.zeros((len(each), 1, outputs))
        for at, (feature, threshold, left, right, leaf) in enumerate(each):
            array[at]["left_child"], array[at]["right_child"] = left, right
            array[at]["feature"], array[at]["threshold"] = feature, threshold
            if leaf is not None:
                values[at, 0] = leaf
        tree = Tree(inputs, np.array([outputs], np.intp), 1)
        tree.__setstate__({"max_depth": 99, "node_count": len(each), "nodes": array, "values": values})
        trees.append(tree)

    def answers(rows):
        single = rows.astype(np.float32)
        return sum(tree.predict(single).reshape(len(rows), outputs) for tree in trees) / len(trees)

    return "scikit-learn's trees", answers


def booster(inputs, trees):
    """XGBoost's model of these trees, whose leaves it adds up."""
    made = []
    for number, nodes in enumerate(trees):
        count = len(nodes)
        # XGBoost goes left below a number of single precision, Laurel up to one of double precision.
        conditions = [
            float(leaf[0]) if leaf is not None else float(above(threshold)) for _, threshold, _, _, leaf in nodes
        ]
        parents = [2147483647] * count
        for at, (_, _, left, right, leaf) in enumerate(nodes):
            if leaf is None:
                parents[left] = parents[right] = at
        made.append(
            {
                "base_weights": [0.0] * count,
                "categories": [],
                "categories_nodes": [],
                "categories_segments": [],
                "categories_sizes": [],
                "default_left": [0] * count,
                "id": number,
                "left_children": [node[2] for node in nodes],
                "loss_changes": [0.0] * count,
                "parents": parents,
                "right_children": [node[3] for node in nodes],
                "split_conditions": conditions,
                "split_indices": [max(0, node[0]) for node in nodes],
                "split_type": [0] * count,
                "sum_hessian": [1.0] * count,
                "tree_param": {
                    "num_deleted": "0",
                    "num_feature": str(inputs),
                    "num_nodes": str(count),
                    "size_leaf_vector": "1",
                },
            }
        )
    model = {
        "learner": {
            "attributes": {},
            "feature_names": [],
            "feature_types": [],
            "gradient_booster": {
                "model": {
                    "cats": {"enc": [], "feature_segments": [], "sorted_idx": []},
                    "gbtree_model_param": {"num_parallel_tree": "1", "num_trees": str(len(made))},
                    "iteration_indptr": list(range(len(made) + 1)),
                    "tree_info": [0] * len(made),
                    "trees": made,
                },
                "name": "gbtree",
            },
            "learner_model_param": {
                "base_score": "[0E0]",
                "boost_from_average": "0",
                "num_class": "0",
                "num_feature": str(inputs),
                "num_target": "1",
            },
            "objective": {"name": "reg:squarederror", "reg_loss_param": {"scale_pos_weight": "1"}},
        },
        "version": [3, 2, 0],
    }
    return xgboost.Booster(model_file=bytearray(json.dumps(model).encode()))


def above(threshold):
    """The least number of single precision that is greater."""
    near = np.float32(threshold)
    return near if float(near) > threshold else np.nextafter(near, np.float32(np.inf))


def boosted(reader):
    link = reader.byte()
    bases = reader.doubles(reader.number())
    inputs, _, trees = reader.trees()
    boosters = [booster(inputs, trees[each :: len(bases)]) for each in range(len(bases))]

    def answers(rows):
        matrix = xgboost.DMatrix(rows)
        sums = np.column_stack([base + each.predict(matrix) for base, each in zip(bases, boosters)]).astype(float)
        if link == 0:
            return sums
        return softmax(sums) if link == 2 else np.column_stack([sigmoid(sums[:, 0]), sigmoid(-sums[:, 0])])

    return "XGBoost", answers


def linear(reader):
    inputs, outputs, labels = reader.number(), reader.number(), reader.byte()
    intercepts, weights = reader.doubles(outputs), reader.doubles(outputs, inputs)
    if not labels:
        peer = LinearRegression()
        peer.coef_, peer.intercept_ = weights, intercepts
        return "scikit-learn's LinearRegression", peer.predict
    # Of two labels scikit-learn has the weights of the second against the first.
    peer = LogisticRegression()
    peer.classes_ = np.arange(outputs)
    peer.coef_ = weights if outputs > 2 else (weights[1] - weights[0])[None]
    peer.intercept_ = intercepts if outputs > 2 else intercepts[1:] - intercepts[:1]
    return "scikit-learn's LogisticRegression", peer.predict_proba


def neighbours(reader):
    inputs, outputs, nearest, count = (reader.number() for _ in range(4))
    answers, vectors = reader.doubles(count), reader.doubles(count, inputs)
    kind = KNeighborsRegressor if outputs == 1 else KNeighborsClassifier
    peer = kind(nearest, algorithm="kd_tree", n_jobs=2).fit(vectors, answers)

    def clear(rows):
        """Where the last of the nearest is nearer than the next: which of equals it takes, scikit-learn leaves open."""
        distances = peer.kneighbors(rows, nearest + 1)[0]
        return distances[:, nearest] > distances[:, nearest - 1] * (1 + 1e-12)

    predict = peer.predict if outputs == 1 else peer.predict_proba
    return "scikit-learn's " + kind.__name__, predict, clear


def support_vectors(reader):
    inputs, outputs = reader.number(), reader.number()
    machines = 1 if outputs <= 2 else outputs
    gamma = reader.doubles(1)[0]
    intercepts = reader.doubles(machines)
    slopes, offsets = (reader.doubles(machines if outputs > 1 else 0) for _ in range(2))
    count = reader.number()
    coefficients, vectors = reader.doubles(machines, count), reader.doubles(count, inputs)
    peers = []
    for machine in range(machines):
        # LibSVM says what any machine says; the probabilities are Platt's formula.
        peer = SVR(kernel="rbf", gamma=gamma).fit(vectors, np.arange(count, dtype=float))
        peer.support_ = np.arange(count, dtype=np.int32)
        peer.support_vectors_ = np.ascontiguousarray(vectors)
        peer._n_support = np.array([count, count], dtype=np.int32)
        peer.dual_coef_ = peer._dual_coef_ = np.ascontiguousarray(coefficients[machine : machine + 1])
        peer.intercept_ = peer._intercept_ = intercepts[machine : machine + 1].copy()
        peers.append(peer)

    def answers(rows):
        said = np.column_stack([peer.predict(rows) for peer in peers])
        if outputs == 1:
            return said
        first = sigmoid(-(slopes * said + offsets))
        if outputs == 2:
            return np.column_stack([first[:, 0], sigmoid(slopes * said + offsets)[:, 0]])
        return first / first.sum(axis=1, keepdims=True)

    return "scikit-learn's SVR (LibSVM)", answers


KINDS = {
    "trees": (forest, 1e-12),
    # XGBoost keeps leaves and sums in single precision.
    "boosted-trees": (boosted, 1e-4),
    "linear": (linear, 1e-12),
    "neighbours": (neighbours, 1e-12),
    "support-vectors": (support_vectors, 1e-9),
}


def main():
    warnings.filterwarnings("ignore")
    folder = pathlib.Path(sys.argv[1])
    rows = np.fromfile(folder / "rows", "<f8").reshape(-1, 10)
    print("| predictor | peer, with the same weights | rows | differ | allowed | by at most |\n|---|---|---:|---:|---:|---:|")
    failed = False
    for file in sorted(folder.glob("*.bin")):
        reader = Reader(file.read_bytes())
        name = reader.name()
        if name not in KINDS:
            continue
        make, allowed = KINDS[name]
        peer, answers, *clear = make(reader)
        scores = np.fromfile(file.with_suffix(".scores"), "<f8").reshape(len(rows), -1)
        compared = differ = 0
        farthest = 0.0
        for at in range(0, len(rows), BLOCK):
            block = rows[at : at + BLOCK]
            kept = clear[0](block) if clear else np.ones(len(block), bool)
            said = np.asarray(answers(block)).reshape(len(block), -1)
            far = np.abs(said - scores[at : at + BLOCK])[kept]
            compared += len(far)
            farthest = max(farthest, far.max(initial=0))
            differ += int((far > allowed * np.maximum(1, np.abs(said[kept]))).any(axis=1).sum())
        failed |= differ > 0
        print(f"| {file.stem} | {peer} | {compared:,} | {differ} | {allowed:g} | {farthest:.2g} |", flush=True)
    sys.exit(1 if failed else 0)


main()
