"""Writes what scikit-learn and XGBoost learn from rows with class weights, and what scikit-learn calibrates, for the tests that compare learners
of `trainer` with it.

    pip install scikit-learn xgboost && python bench/weights.py > trainer/src/test/resources/weights/scikit-learn.txt

Each case is some lines of a name and numbers: `weights` (those of label 0 and 1; 0 0 for balanced), `vectors` (of three numbers, one after the
other), `labels`, then of each learner what it says of each row: the probability of label 0, or the decision for it. `isotonic` is the
probability of the logistic regression without weights, led through an isotonic regression on the same rows.
"""

import numpy
import xgboost
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.class_weight import compute_sample_weight

ROWS = 60
PENALTY = 0.05


def line(name, values):
    print(name, *(repr(float(value)).removesuffix(".0") for value in numpy.ravel(values)))


for seed, weights in enumerate([None, {0: 5.0, 1: 1.0}, {0: 1.0, 1: 0.25}, None]):
    random = numpy.random.default_rng(seed)
    vectors = random.normal(size=(ROWS, 3)).round(6)
    labels = (vectors[:, 0] + 0.5 * vectors[:, 1] + random.normal(size=ROWS) > -0.9).astype(int)
    chosen = weights or "balanced"
    rows = compute_sample_weight(chosen, labels)
    line("weights", [weights[0], weights[1]] if weights else [0, 0])
    line("vectors", vectors)
    line("labels", labels)
    logistic = LogisticRegression(C=1 / (ROWS * PENALTY), solver="newton-cholesky", tol=1e-14)
    line("logistic", logistic.set_params(class_weight=chosen).fit(vectors, labels).predict_proba(vectors)[:, 0])
    tree = DecisionTreeClassifier(max_depth=2, class_weight=chosen, random_state=1)
    line("tree", tree.fit(vectors, labels).predict_proba(vectors)[:, 0])
    machine = SVC(C=2, gamma=0.5, class_weight=chosen, tol=1e-6)
    line("machine", -machine.fit(vectors, labels).decision_function(vectors))
    # Its base is the share of the weights, as ours; it computes in float.
    share = rows[labels == 0].sum() / rows.sum()
    boosted = xgboost.XGBClassifier(
        n_estimators=5, max_depth=2, learning_rate=0.3, reg_lambda=1, min_child_weight=1, tree_method="exact", base_score=share)
    line("boosted", boosted.fit(vectors, (labels == 0).astype(int), sample_weight=rows).predict_proba(vectors)[:, 1])
    plain = logistic.set_params(class_weight=None).fit(vectors, labels).predict_proba(vectors)[:, 0]
    line("plain", plain)
    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(plain, labels == 0)
    line("isotonic", isotonic.predict(plain))
