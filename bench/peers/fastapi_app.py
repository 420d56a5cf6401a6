"""A forest behind FastAPI, as its documentation has it: `uvicorn fastapi_app:app`."""

import fastapi
import forest
import numpy
import pydantic

app = fastapi.FastAPI()
model = forest.fitted()


class Request(pydantic.BaseModel):
    features: list[list[float]]


# Async, so that no thread of a pool stands between.
@app.post("/predict")
async def predict(request: Request):
    shares = model.predict_proba(numpy.array(request.features))
    best = shares.argmax(axis=1)
    return {
        "model": "iris",
        "version": "v1",
        "predictions": [
            {"prediction": model.classes_[label], "confidence": row[label], "probabilities": dict(zip(model.classes_, row))}
            for label, row in zip(best.tolist(), shares.tolist())
        ],
    }


@app.get("/ready")
async def ready():
    return {}
