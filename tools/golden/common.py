"""How the files of numbers are written."""

import json
import math
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


class Drawn:
    """Numbers of four decimals that test/golden/drawn.ts draws again, so that no file need hold them."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def integer(self, below: int) -> int:
        self.state = (1103515245 * self.state + 12345) % 2**31
        return (self.state >> 12) % below

    def tensor(self, *shape: int, scale: float, center: float = 0.0) -> torch.Tensor:
        count = math.prod(shape)
        values = [center + scale * ((self.integer(20001) - 10000) / 10000) for _ in range(count)]
        return torch.tensor(values, dtype=torch.float64).reshape(shape)


def few(tensor: torch.Tensor, digits: int = 6) -> list[float]:
    """Row-major values alone, of so many digits."""
    return [float(f"{v:.{digits}g}") for v in tensor.detach().flatten().tolist()]


def write(name: str, content: dict) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.json"
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")
    print(f"{path.relative_to(OUT.parents[1])}: {path.stat().st_size:,} bytes")
