"""Writes the forest as `mlflow models serve` or `mlserver start` wants it: save.py mlflow|mlserver FOLDER."""

import json
import pathlib
import sys

import forest

form, folder = sys.argv[1:]
if form == "mlflow":
    import mlflow.sklearn

    mlflow.sklearn.save_model(forest.fitted(), folder, serialization_format="cloudpickle")
else:
    import joblib

    path = pathlib.Path(folder)
    path.mkdir(parents=True)
    joblib.dump(forest.fitted(), path / "forest.joblib")
    (path / "model-settings.json").write_text(
        json.dumps(
            {
                "name": "iris",
                "implementation": "mlserver_sklearn.SKLearnModel",
                "parameters": {"uri": "./forest.joblib", "version": "v1"},
            }
        )
    )
