"""The batch of methods.json, and how a case comes into the file."""

import math
from collections.abc import Callable

import torch

from common import flat

B, L, V = 3, 7, 11
LENGTHS = [7, 4, 2]
D_S, D_T, H = 6, 10, 2
DIGITS = 6

# [PAD] 0, [CLS] 2, [SEP] 3, words from 5.
GOLD = [[2, 7, 5, 10, 6, 9, 3], [2, 8, 5, 3, 0, 0, 0], [2, 3, 0, 0, 0, 0, 0]]
# Labelled places of each sequence; the last one has none.
LABELLED = [[1, 4, 5], [1, 2], []]


def real_tokens() -> torch.Tensor:
    """[N] bool: not padding."""
    return (torch.arange(L) < torch.tensor(LENGTHS)[:, None]).flatten()


def gold_words() -> torch.Tensor:
    """[N]: the token of the text, [PAD] where there is none."""
    return torch.tensor(GOLD).flatten()


def labelled_words() -> torch.Tensor:
    """[N]: the token of the text where it is asked, -100 elsewhere."""
    asked = torch.zeros(B, L, dtype=torch.bool)
    for b, places in enumerate(LABELLED):
        asked[b, places] = True
    return torch.where(asked.flatten(), gold_words(), -100)


def counted(positions: str) -> torch.Tensor:
    """[N] bool: the rows of `all` tokens that are not padding, or of the `masked` ones."""
    return real_tokens() if positions == "all" else labelled_words() >= 0


def short(tensor: torch.Tensor) -> dict:
    """`flat` of a gradient; many of its numbers are exactly 0."""
    made = flat(tensor, DIGITS)
    return {**made, "values": [value or 0 for value in made["values"]]}


class Goldens:
    """Cases by term and settings: value, and gradients by the inputs that are named."""

    def __init__(self, inputs: dict[str, torch.Tensor]) -> None:
        self.inputs = inputs
        self.cases: list[dict] = []

    def add(self, term: str, by: list[str], loss: Callable[..., torch.Tensor], **settings) -> None:
        """`loss` gets the inputs of `by`, in order, with gradients."""
        variables = [self.inputs[name].clone().requires_grad_() for name in by]
        value = loss(*variables)
        gradients = torch.autograd.grad(value, variables)
        assert math.isfinite(value.item()) and all(g.isfinite().all() and g.any() for g in gradients), (term, settings)
        self.cases.append(
            {
                "term": term,
                "settings": settings,
                "value": float(f"{value.item():.12g}"),
                "gradients": {name: short(g) for name, g in zip(by, gradients)},
            }
        )
