"""How the files of numbers are written."""

import json
from pathlib import Path

import torch

OUT = Path(__file__).resolve().parents[2] / "test/golden"
DIGITS = 9


def flat(tensor: torch.Tensor, digits: int = DIGITS) -> dict:
    """Shape and row-major values."""
    if not tensor.dtype.is_floating_point:
        return {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}
    values = [float(f"{v:.{digits}g}") for v in tensor.detach().double().flatten().tolist()]
    return {"shape": list(tensor.shape), "values": values}


def normal(*shape: int, scale: float = 1.0) -> torch.Tensor:
    """Normal numbers that have few decimals, so that the file holds them exactly."""
    return (torch.randn(*shape, dtype=torch.float64) * scale * 1e4).round() / 1e4


def write(name: str, content: dict) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.json"
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")
    print(f"{path.relative_to(OUT.parents[1])}: {path.stat().st_size:,} bytes")
