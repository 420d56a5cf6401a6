"""The forest that the peers serve: of the same size and from the same rows as Laurel's."""

import pathlib

import pandas
from sklearn.ensemble import RandomForestClassifier

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
COLUMNS = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
TREES, DEPTH = 100, 5


def fitted():
    rows = pandas.read_csv(ROOT / "data/src/main/resources/dev/laurel/source/iris.csv")
    # One job: for a row or a hundred, threads cost more than they bring.
    return RandomForestClassifier(n_estimators=TREES, max_depth=DEPTH, max_features=0.5, random_state=42).fit(
        rows[COLUMNS].to_numpy(), rows["species"]
    )
