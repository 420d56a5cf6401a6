"""What it/protocols.sh asks with clients from PyPI; prints a line for each thing that is as it should be."""
import os

import mlflow
import numpy as np
import requests
import tritonclient.grpc as triton_grpc
import tritonclient.http as triton

HOST = os.environ["LAUREL"]
GRPC = os.environ["LAUREL_GRPC"]
URL = "http://" + HOST
LABELS = {"iris": 3, "damage-incidence": 2}
VALUES = ["gold-change", "airline-passengers"]


def ok(what):
    print("ok: " + what, flush=True)


def vector(model):
    return requests.get(f"{URL}/models/{model}", timeout=30).json()["example"]["features"][0]


def own(model, vectors):
    answer = requests.post(f"{URL}/models/{model}/predict", json={"features": vectors}, timeout=30)
    assert answer.status_code == 200, answer.text
    return [each["prediction"] for each in answer.json()["predictions"]]


def infer(client, model, vectors, binary):
    array = np.array(vectors, dtype=np.float64)
    tensor = triton.InferInput("features", array.shape, "FP64")
    tensor.set_data_from_numpy(array, binary_data=binary)
    names = ["value"] if model in VALUES else ["label", "probabilities"]
    outputs = [triton.InferRequestedOutput(name, binary_data=binary) for name in names]
    return client.infer(model, [tensor], outputs=outputs, request_id="7")


with triton.InferenceServerClient(HOST) as client:
    assert client.is_server_live() and client.is_server_ready()
    assert "binary_tensor_data" in client.get_server_metadata()["extensions"]
    ok("tritonclient: live, ready, metadata")
    for model in [*LABELS, *VALUES]:
        assert client.is_model_ready(model) and client.is_model_ready(model, "1")
        vectors = [vector(model)] * 3
        for binary in (True, False):
            result = infer(client, model, vectors, binary)
            assert result.get_response()["id"] == "7"
            if model in VALUES:
                assert result.as_numpy("value").tolist() == own(model, vectors)
            else:
                labels = [each.decode() if isinstance(each, bytes) else each for each in result.as_numpy("label").tolist()]
                assert labels == own(model, vectors), labels
                probabilities = result.as_numpy("probabilities")
                assert probabilities.shape == (3, LABELS[model])
                assert np.allclose(probabilities.sum(axis=1), 1)
        # Without outputs of its own it asks for all of them, as bytes.
        array = np.array(vectors)
        tensor = triton.InferInput("features", array.shape, "FP64")
        tensor.set_data_from_numpy(array)
        assert client.infer(model, [tensor]).get_response()["model_name"] == model
        ok(f"tritonclient: {model}, as bytes and as JSON")
    flower = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}
    tensors = []
    for name, value in flower.items():
        column = triton.InferInput(name, [1], "FP32")
        column.set_data_from_numpy(np.array([value], dtype=np.float32))
        tensors.append(column)
    assert client.infer("iris", tensors).as_numpy("label").tolist() == [b"setosa"]
    ok("tritonclient: a tensor of 32 bits for each column")
    try:
        client.infer("iris", tensors[:1])
        raise AssertionError("an incomplete row was answered")
    except triton.InferenceServerException as e:
        assert "missing" in e.message(), e.message()
    ok("tritonclient: an error is read as one")

with triton_grpc.InferenceServerClient(GRPC) as client:
    assert client.is_server_live() and client.is_server_ready()
    assert client.get_server_metadata().name == "laurel"
    ok("tritonclient by gRPC: live, ready, metadata")
    for model in [*LABELS, *VALUES]:
        assert client.is_model_ready(model) and client.is_model_ready(model, "1")
        assert client.get_model_metadata(model).versions == ["v1"]
        vectors = [vector(model)] * 3
        array = np.array(vectors, dtype=np.float64)
        tensor = triton_grpc.InferInput("features", array.shape, "FP64")
        tensor.set_data_from_numpy(array)
        result = client.infer(model, [tensor], request_id="7")
        assert result.get_response().id == "7"
        if model in VALUES:
            assert result.as_numpy("value").tolist() == own(model, vectors)
        else:
            assert [each.decode() for each in result.as_numpy("label").tolist()] == own(model, vectors)
            assert result.as_numpy("probabilities").shape == (3, LABELS[model])
        wanted = "value" if model in VALUES else "label"
        result = client.infer(model, [tensor], outputs=[triton_grpc.InferRequestedOutput(wanted)])
        assert [output.name for output in result.get_response().outputs] == [wanted]
        ok(f"tritonclient by gRPC: {model}")
    tensors = []
    for name, value in flower.items():
        column = triton_grpc.InferInput(name, [1], "FP32")
        column.set_data_from_numpy(np.array([value], dtype=np.float32))
        tensors.append(column)
    assert client.infer("iris", tensors).as_numpy("label").tolist() == [b"setosa"]
    ok("tritonclient by gRPC: a tensor of 32 bits for each column")
    try:
        client.infer("iris", tensors[:1])
        raise AssertionError("an incomplete row was answered")
    except triton_grpc.InferenceServerException as e:
        assert e.status() == "StatusCode.INVALID_ARGUMENT" and "missing" in e.message(), e
    try:
        client.infer("roses", tensors)
        raise AssertionError("a model that is not there has answered")
    except triton_grpc.InferenceServerException as e:
        assert e.status() == "StatusCode.NOT_FOUND", e
    ok("tritonclient by gRPC: an error is read as one")

for model in [*LABELS, *VALUES]:
    vectors = [vector(model)] * 2
    for body in ({"instances": vectors}, {"inputs": vectors}):
        answer = requests.post(f"{URL}/models/{model}/invocations", json=body, timeout=30)
        assert answer.status_code == 200, answer.text
        assert answer.json()["predictions"] == own(model, vectors), answer.text
    ok(f"MLflow's body: {model}")

frame = {"dataframe_split": {"columns": list(flower), "data": [list(flower.values())]}}
answer = requests.post(f"{URL}/models/iris/invocations", json=frame, timeout=30)
assert answer.json() == {"predictions": ["setosa"]}, answer.text
try:
    from mlflow.deployments import PredictionsResponse

    assert PredictionsResponse.from_json(answer.text)["predictions"] == ["setosa"]
    ok(f"MLflow {mlflow.__version__} reads the answer")
except ImportError as e:
    print(f"left out: MLflow's own reader of answers, which needs more than mlflow-skinny: {e}")
csv = ",".join(flower) + "\n" + ",".join(str(value) for value in flower.values()) + "\n"
answer = requests.post(f"{URL}/models/iris/invocations", data=csv, headers={"Content-Type": "text/csv"}, timeout=30)
assert answer.json() == {"predictions": ["setosa"]}, answer.text
ok("MLflow's body: CSV")
