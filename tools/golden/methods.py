"""methods.json: value and gradients of every loss term on one batch with padding.

    python tools/golden/make_golden.py methods

Three sequences of 7, 4 and 2 tokens, 11 words, student and teacher of unequal width (6 and 10) and, beside them, a
student as wide as the teacher. Two heads on either side, and a second teacher with three. Rows and entries of padding
hold numbers like any other: a term that is to leave them out gives them a gradient of 0.

Inputs are rounded to float32, then everything is computed in float64, with the functions of PyTorch that the authors'
programs use. test/golden/methods.ts has the layout as a type. methods_rows.py has the terms of the vocabulary,
methods_layers.py those of hidden states and attention.
"""

import torch
import torch.nn.functional as F

from common import flat, normal
from methods_case import LENGTHS, B, D_S, D_T, H, L, V, Goldens, gold_words, labelled_words, real_tokens
from methods_layers import layer_terms
from methods_rows import row_terms


def inputs() -> dict[str, torch.Tensor]:
    """Everything that a term reads, by the names that the file has. N = B L rows; levels 0 are the embeddings."""
    torch.manual_seed(8)
    N = B * L

    def single(*shape: int, scale: float = 1.0) -> torch.Tensor:
        return normal(*shape, scale=scale).float().double()

    made = {name: single(N, V, scale=2.0) for name in ("studentLogits", "teacherLogits", "secondTeacherLogits", "peerLogits")}
    for level in range(3):
        made[f"studentHidden{level}"] = single(N, D_S)
        made[f"wideStudentHidden{level}"] = single(N, D_T)
        made[f"teacherHidden{level}"] = single(N, D_T)
        made[f"projection{level}.weight"] = single(D_T, D_S, scale=0.5)
        made[f"projection{level}.bias"] = single(D_T, scale=0.5)
    made["wideProjection.weight"] = single(D_T, D_T, scale=0.5)
    made["wideProjection.bias"] = single(D_T, scale=0.5)
    for block in range(2):
        made[f"studentScores{block}"] = single(B, H, L, L)
        made[f"teacherScores{block}"] = single(B, H, L, L)
        made[f"threeHeadScores{block}"] = single(B, 3, L, L)
    for side, d in (("student", D_S), ("teacher", D_T)):
        for vectors in ("Queries", "Keys", "Values"):
            made[f"{side}{vectors}"] = single(N, d)
    made["theta"] = torch.ones(1, dtype=torch.float64)
    return made


def check(goldens: Goldens) -> None:
    """What must hold between terms, whatever the numbers."""

    def one(term: str, **settings) -> dict:
        (found,) = [c for c in goldens.cases if c["term"] == term and settings.items() <= c["settings"].items()]
        return found

    def same(a: dict, b: dict, scale: float = 1.0) -> None:
        for name, gradient in a["gradients"].items():
            expected = torch.tensor(b["gradients"][name]["values"], dtype=torch.float64) * scale
            torch.testing.assert_close(torch.tensor(gradient["values"], dtype=torch.float64), expected, rtol=1e-5, atol=1e-9)

    apart = {"teacherTemperature": 3.0, "studentTemperature": 2.0}
    for settings in ({"factor": 1.0, "positions": "masked"}, {"factor": 4.0, "positions": "all", **apart}):
        same(one("ce", form="kl", **settings), one("ce", form="crossEntropy", **settings))
    # JSD at beta 0 is KL without T^2. Of TinyBERT's prediction loss the code's mean is V times smaller.
    kl = one("ce", form="kl", factor=1.0, positions="all")
    same(one("jsd", beta=0.0, temperature=2.0), kl)
    rows, classes = one("pred", mean="rows"), one("pred", mean="rowsAndClasses")
    same(classes, rows, 1 / V)
    # KL = TCKD + (1 - p) NCKD in every row, p the teacher's probability of the gold word (DKD, equation 7): NCKD is
    # taken over the other words alone, without the -1000 of the authors' program, and TCKD is what remains.
    T, real = 4.0, real_tokens()
    p = F.softmax(goldens.inputs["teacherLogits"][real] / T, -1).gather(-1, gold_words()[real][:, None])[:, 0]
    s, t = goldens.inputs["studentLogits"][real] / T, goldens.inputs["teacherLogits"][real] / T
    whole = F.kl_div(s.log_softmax(-1), t.softmax(-1), reduction="none").sum(-1)
    others = torch.ones_like(s).scatter_(-1, gold_words()[real][:, None], 0).bool()
    nckd = F.kl_div(
        s[others].view(-1, V - 1).log_softmax(-1), t[others].view(-1, V - 1).softmax(-1), reduction="none"
    ).sum(-1)
    tckd = (whole - (1 - p) * nckd).mean() * T**2
    torch.testing.assert_close(one("tckd", positions="all")["value"], tckd.item(), rtol=1e-9, atol=0)
    torch.testing.assert_close(one("nckd", positions="all")["value"], nckd.mean().item() * T**2, rtol=1e-9, atol=0)
    # Padding has no part in what leaves it out.
    padding = ~real_tokens()
    for case in goldens.cases:
        left_out = case["settings"].get("padding", "leftOut") == "leftOut"
        for name, gradient in case["gradients"].items():
            if left_out and gradient["shape"][0] == B * L:
                assert not torch.tensor(gradient["values"]).view(B * L, -1)[padding].any(), (case["term"], name)


def methods() -> dict:
    goldens = Goldens(inputs())
    row_terms(goldens)
    layer_terms(goldens)
    check(goldens)
    return {
        "sizes": {"B": B, "L": L, "V": V, "H": H, "studentWidth": D_S, "teacherWidth": D_T},
        "lengths": LENGTHS,
        "mask": real_tokens().int().tolist(),
        "gold": gold_words().tolist(),
        "labels": labelled_words().tolist(),
        # Four decimals, of which the float32 is the nearest.
        "inputs": {name: flat(value, 6) for name, value in goldens.inputs.items()},
        "cases": goldens.cases,
    }
