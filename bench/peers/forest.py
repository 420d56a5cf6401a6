"""The forest that the peers serve: of the same size and from the same rows as Laurel's."""

import csv
import pathlib

import numpy
from sklearn.ensemble import RandomForestClassifier

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
COLUMNS = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
TREES, DEPTH = 100, 5


def fitted():
    with open(ROOT / "data/src/main/resources/dev/laurel/source/iris.csv") as file:
        rows = list(csv.DictReader(file))
    # One job: for a row or a hundred, threads cost more than they bring.
    return RandomForestClassifier(n_estimators=TREES, max_depth=DEPTH, max_features=0.5, random_state=42).fit(
        numpy.array([[float(row[column]) for column in COLUMNS] for row in rows]), [row["species"] for row in rows]
    )
