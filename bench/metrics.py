"""Writes what scikit-learn makes of random answers, for the test that compares the metrics of `model` with it.

    pip install scikit-learn && python bench/metrics.py > model/src/test/resources/metrics/scikit-learn.txt

Each case is some lines of a name and numbers: `labels` (0 for a regression), `truth`, `scores` (those of each row one after the other),
then one line for each metric. scikit-learn has no calibration error with rows weighed by bins, no 90th percentile and no bias: those are
computed here with numpy.
"""

import math
import sys
import warnings

import numpy
from sklearn import metrics

CLIP = 1e-15
BINS = 10


def line(name, values):
    return name + " " + " ".join(text(value) for value in values)


def text(value):
    return "NaN" if math.isnan(value) else repr(float(value)).removesuffix(".0")


def one_against_rest(score, truth, scores, undefined):
    """Of the positive label, the first, where there are two, else the mean over all labels."""
    labels = scores.shape[1]
    values = []
    for label in range(1 if labels == 2 else labels):
        is_label = truth == label
        values.append(math.nan if undefined(is_label) else score(is_label, scores[:, label]))
    return numpy.mean(values)


def calibration_error(truth, scores):
    predicted = scores.argmax(axis=1) if scores.shape[1] > 2 else numpy.zeros(len(truth), dtype=int)
    probability = scores[numpy.arange(len(truth)), predicted]
    bins = numpy.minimum(BINS - 1, (probability * BINS).astype(int))
    error = 0
    for each in range(BINS):
        if (bins == each).any():
            error += (bins == each).mean() * abs(probability[bins == each].mean() - (truth == predicted)[bins == each].mean())
    return error


def classification(truth, scores):
    labels = scores.shape[1]
    predicted = scores.argmax(axis=1)
    if labels == 2:
        average = {"labels": [0, 1], "pos_label": 0, "average": "binary", "zero_division": 0}
    else:
        average = {"labels": list(range(labels)), "average": "macro", "zero_division": 0}
    return {
        "accuracy": metrics.accuracy_score(truth, predicted),
        "balanced-accuracy": metrics.balanced_accuracy_score(truth, predicted),
        "precision": metrics.precision_score(truth, predicted, **average),
        "recall": metrics.recall_score(truth, predicted, **average),
        "f1": metrics.f1_score(truth, predicted, **average),
        "auc": one_against_rest(metrics.roc_auc_score, truth, scores, lambda label: label.all() or not label.any()),
        "pr-auc": one_against_rest(metrics.average_precision_score, truth, scores, lambda label: not label.any()),
        # It clips at another number, so that nothing is left for it to clip.
        "log-loss": metrics.log_loss(truth, numpy.clip(scores, CLIP, 1), labels=list(range(labels))),
        "brier": metrics.brier_score_loss(
            *((truth == 0, scores[:, 0]) if labels == 2 else (truth, scores)), labels=[0, 1] if labels == 2 else list(range(labels)),
            scale_by_half=labels == 2),
        "calibration-error": calibration_error(truth, scores),
    }


def regression(truth, scores):
    errors = scores - truth
    return {
        "rmse": metrics.root_mean_squared_error(truth, scores),
        "mae": metrics.mean_absolute_error(truth, scores),
        "mape": metrics.mean_absolute_percentage_error(truth, scores),
        "r2": metrics.r2_score(truth, scores),
        "median-error": metrics.median_absolute_error(truth, scores),
        "p90-error": numpy.quantile(numpy.abs(errors), 0.9),
        "bias": errors.mean(),
    }


def shares(random, rows, labels, kind):
    """Probabilities: of many values, of few with ties, the same for all, or all on one label."""
    if kind == "constant":
        weights = numpy.tile(random.integers(1, 5, size=labels), (rows, 1)).astype(float)
    elif kind == "ties":
        weights = random.integers(0, 3, size=(rows, labels)).astype(float)
        weights[weights.sum(axis=1) == 0] = 1
    elif kind == "sure":
        weights = numpy.eye(labels)[random.integers(0, labels, size=rows)]
    else:
        weights = numpy.round(random.random((rows, labels)), 3) + 0.001
    return weights / weights.sum(axis=1, keepdims=True)


def labelled(random, labels, kind, absent):
    rows = int(random.integers(2, 40))
    truth = random.integers(1 if absent else 0, labels, size=rows)
    return truth, shares(random, rows, labels, kind)


def valued(random, kind):
    rows = int(random.integers(2, 40))
    truth = numpy.round(random.normal(0, 10.0 ** random.integers(-2, 4), size=rows), 4)
    if kind == "constant truth":
        truth[:] = 0.5
    elif kind == "zeros":
        truth[:: 2] = 0
    scores = numpy.round(truth + random.normal(0, 1, size=rows), 4)
    if kind == "constant":
        scores[:] = 0.3
    elif kind == "exact":
        scores = truth.copy()
    return truth, scores


def show(labels, truth, scores, values):
    print(line("labels", [labels]))
    print(line("truth", truth))
    print(line("scores", scores.ravel()))
    for name, value in values.items():
        print(line(name, [value]))


def main():
    warnings.simplefilter("ignore")
    random = numpy.random.default_rng(7)
    print("# Written by bench/metrics.py with scikit-learn " + sys.modules["sklearn"].__version__)
    for labels in (2, 4):
        for kind in ("any", "ties", "constant", "sure"):
            for absent in (False, False, False, True, True):
                truth, scores = labelled(random, labels, kind, absent)
                show(labels, truth, scores, classification(truth, scores))
    for kind in ("any", "zeros", "constant", "exact", "constant truth"):
        for _ in range(4):
            truth, scores = valued(random, kind)
            show(0, truth, scores, regression(truth, scores))


if __name__ == "__main__":
    main()
