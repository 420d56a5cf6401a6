"""A forest behind BentoML: `bentoml serve bentoml_app:Iris`."""

import bentoml
import forest
import numpy


@bentoml.service(workers=1)
class Iris:
    def __init__(self):
        self.model = forest.fitted()

    @bentoml.api
    def predict(self, features: list[list[float]]) -> dict:
        shares = self.model.predict_proba(numpy.array(features))
        return {"predictions": self.model.classes_[shares.argmax(axis=1)].tolist(), "probabilities": shares.tolist()}
