"""calibration.json: reliability, expected calibration error and temperature scaling, in NumPy and SciPy.

    python tools/golden/calibration.py

Guo, Pleiss, Sun and Weinberger (ICML 2017): bins (m/M, (m+1)/M] of the confidence, M = 15; the error is the mean over
all guesses of their bin's |accuracy - confidence|; T is what minimises the mean NLL of z / T. Needs numpy and scipy.
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

OUT = Path(__file__).resolve().parents[2] / "test/golden/calibration.json"
N, V, BINS = 240, 9, 15


def nll(logits: np.ndarray, labels: np.ndarray, T: float) -> np.ndarray:
    return -log_softmax(logits / T, axis=1)[np.arange(len(labels)), labels]


def reliability(logits: np.ndarray, labels: np.ndarray, T: float) -> dict:
    confidence = np.exp(log_softmax(logits / T, axis=1)).max(axis=1)
    right = logits.argmax(axis=1) == labels
    edges = np.linspace(0, 1, BINS + 1)
    index = np.clip(np.digitize(confidence, edges, right=True) - 1, 0, BINS - 1)
    counts = np.bincount(index, minlength=BINS)
    mean = lambda values: np.bincount(index, weights=values, minlength=BINS) / np.maximum(1, counts)
    bins = {"confidence": mean(confidence), "accuracy": mean(right)}
    return {
        "counts": counts.tolist(),
        **{name: values.tolist() for name, values in bins.items()},
        "error": float((counts / len(labels) * np.abs(bins["accuracy"] - bins["confidence"])).sum()),
        "loss": float(nll(logits, labels, T).mean()),
    }


def case(seed: int, sharpness: float) -> dict:
    """Labels are drawn from the softmax of the logits, which are then told `sharpness` times as sharp."""
    draw = np.random.default_rng(seed)
    honest = draw.normal(scale=2.0, size=(N, V))
    labels = np.array([draw.choice(V, p=np.exp(row)) for row in log_softmax(honest, axis=1)])
    logits = np.round(sharpness * honest, 4)
    found = minimize_scalar(
        lambda x: nll(logits, labels, np.exp(x)).mean(), bounds=(np.log(1 / 8), np.log(16)), method="bounded",
        options={"xatol": 1e-10},
    )
    T = float(np.exp(found.x))
    return {
        "logits": logits.tolist(),
        "labels": labels.tolist(),
        "temperature": T,
        "asItIs": reliability(logits, labels, 1.0),
        "atBest": reliability(logits, labels, T),
    }


def rounded(value):
    """Nine digits, as in the other files."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    cases = [rounded(case(1, 3.0)), rounded(case(2, 0.4)), rounded(case(3, 1.0))]
    OUT.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
