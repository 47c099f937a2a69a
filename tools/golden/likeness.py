"""likeness.json: how alike the layers of two models are, on two batches with padding; NumPy, in float64.

Linear CKA by its definition on Gram matrices K = X X^T and L = Y Y^T of the real tokens, with the unbiased HSIC of Song
et al. 2012 (K and L without their diagonals), averaged over batches before the quotient, as in Nguyen et al. 2021. The
plain estimate, by centred Gram matrices, is there to show what it makes of states that have nothing in common. Cosines
are means over all real tokens.
"""

import numpy as np

from common import Drawn

# Tokens of each of B sequences of L, the rest is padding; levels of a student and of its teacher, and their widths.
LENGTHS = [[7, 5, 6, 3], [4, 7, 7, 2]]
L = 7
STUDENT = dict(levels=3, width=6)
TEACHER = dict(levels=4, width=9)
WIDE = dict(levels=2, width=9)


def gram(x: np.ndarray) -> np.ndarray:
    k = x @ x.T
    np.fill_diagonal(k, 0.0)
    return k


def hsic(x: np.ndarray, y: np.ndarray) -> float:
    """Song et al., equation 5."""
    k, l, n = gram(x), gram(y), len(x)
    ones = np.ones(n)
    return (
        np.trace(k @ l)
        + (ones @ k @ ones) * (ones @ l @ ones) / ((n - 1) * (n - 2))
        - 2 / (n - 2) * (ones @ k @ l @ ones)
    ) / (n * (n - 3))


def debiased(xs: list, ys: list) -> float:
    def mean(of) -> float:
        return float(np.mean([of(x, y) for x, y in zip(xs, ys)]))

    both = mean(hsic)
    return both / np.sqrt(mean(lambda x, _: hsic(x, x)) * mean(lambda _, y: hsic(y, y)))


def plain(x: np.ndarray, y: np.ndarray) -> float:
    """Kornblith et al., equations 3 and 4."""
    h = np.eye(len(x)) - 1 / len(x)
    k, l = h @ x @ x.T @ h, h @ y @ y.T @ h
    return float(np.trace(k @ l) / np.sqrt(np.trace(k @ k) * np.trace(l @ l)))


def cosines(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (x * y).sum(1) / np.linalg.norm(x, axis=1) / np.linalg.norm(y, axis=1)


def likeness() -> dict:
    drawn = Drawn(11)
    masks = [np.array([[float(i < length) for i in range(L)] for length in lengths]).ravel() for lengths in LENGTHS]

    def states(levels: int, width: int, mix: list) -> list:
        """By batch, then level. `mix`: by batch, what is in common, and the means are far from 0."""
        made = []
        for b, mask in enumerate(masks):
            noise = [drawn.tensor(len(mask), width, scale=1.0, center=0.5).numpy() for _ in range(levels)]
            shared = [mix[b][min(level, len(mix[b]) - 1)] @ drawn_maps[width] for level in range(levels)]
            made.append([0.5 * one + weight * other for one, other, weight in zip(noise, shared, [0.0, 0.5, 1.0, 1.5])])
        return [[one.round(4) for one in batch] for batch in made]

    drawn_maps = {width: drawn.tensor(5, width, scale=1.0).numpy() for width in (6, 9)}
    common = [[drawn.tensor(len(mask), 5, scale=1.0).numpy() for _ in range(4)] for mask in masks]
    student = states(STUDENT["levels"], STUDENT["width"], common)
    teacher = states(TEACHER["levels"], TEACHER["width"], common)
    wide = states(WIDE["levels"], WIDE["width"], common)

    def real(all_states: list, level: int) -> list:
        return [batch[level][mask > 0] for batch, mask in zip(all_states, masks)]

    def table(of, ours: list, levels: int) -> list:
        return [
            [float(f"{of(real(ours, s), real(teacher, t)):.9g}") for t in range(TEACHER["levels"])]
            for s in range(levels)
        ]

    def flat(all_states: list) -> list:
        return [[one.ravel().tolist() for one in batch] for batch in all_states]

    return {
        "L": L,
        "lengths": LENGTHS,
        "masks": [mask.tolist() for mask in masks],
        "widths": {"student": STUDENT["width"], "teacher": TEACHER["width"], "wide": WIDE["width"]},
        "student": flat(student),
        "teacher": flat(teacher),
        "wide": flat(wide),
        "cka": table(debiased, student, STUDENT["levels"]),
        "plainOfFirstBatch": table(lambda xs, ys: plain(xs[0], ys[0]), student, STUDENT["levels"]),
        "cosine": table(
            lambda xs, ys: float(np.concatenate([cosines(x, y) for x, y in zip(xs, ys)]).mean()), wide, WIDE["levels"]
        ),
    }
