"""Terms that compare hidden states and attention. Terms of several layers are sums over them."""

import math

import torch
import torch.nn.functional as F

from methods_case import LENGTHS, B, Goldens, H, L, real_tokens

PADDING = ("counted", "leftOut")
REAL = real_tokens()
# [B, 1, L, L] bool: pairs of a query and a key that are both no padding.
PAIRS = (REAL.view(B, L, 1) & REAL.view(B, 1, L))[:, None]
# [B, 1, 1, L]: what TinyBERT's and BERT's programs add to the scores.
ADDED = (1.0 - REAL.view(B, 1, 1, L).double()) * -10000.0


def layer_terms(goldens: Goldens) -> None:
    hidden_states(goldens)
    attention(goldens)
    minilm(goldens)
    minilmv2(goldens)
    patient(goldens)


def hidden_states(goldens: Goldens) -> None:
    """TinyBERT's L_embd (level 0) and L_hidn (levels 1 and 2): MSE of the projected states.

    The mean is over all rows and d_T, padding included, as the code has it (`counted`), or over the rows of real tokens
    and d_T (`leftOut`). One projection for all levels (code) is projection0, with its bias; of one each (paper, which
    has no bias) level m has projection m, with one too. A student as wide as the teacher has wideProjection, or none.
    """
    teacher = [goldens.inputs[f"teacherHidden{level}"] for level in range(3)]

    def add(term: str, levels: list[int], width: str, projection: str, padding: str) -> None:
        states = "studentHidden" if width == "narrow" else "wideStudentHidden"
        projections = {
            "shared": ["projection0"] if width == "narrow" else ["wideProjection"],
            "perLevel": [f"projection{level}" for level in levels],
            "none": [],
        }[projection]
        by = [f"{states}{level}" for level in levels] + [f"{p}.{part}" for p in projections for part in ("weight", "bias")]

        def loss(*variables: torch.Tensor) -> torch.Tensor:
            hidden, rest = variables[: len(levels)], variables[len(levels) :]
            total = 0
            for i, level in enumerate(levels):
                at = 2 * i if projection == "perLevel" else 0
                fitted = hidden[i] if projection == "none" else F.linear(hidden[i], rest[at], rest[at + 1])
                rows = REAL if padding == "leftOut" else torch.ones_like(REAL)
                total = total + F.mse_loss(fitted[rows], teacher[level][rows])
            return total

        goldens.add(term, by, loss, width=width, projection=projection, padding=padding)

    for padding in PADDING:
        for width, projection in (("narrow", "shared"), ("narrow", "perLevel"), ("equal", "shared"), ("equal", "none")):
            if projection != "perLevel":
                add("embd", [0], width, projection, padding)
            add("hidn", [1, 2], width, projection, padding)


def attention(goldens: Goldens) -> None:
    """TinyBERT's L_attn over two blocks: MSE of scores (before the softmax) or of probabilities (after it).

    `counted`, as general_distill.py:425-430 has it: the mask adds -10000, scores up to -1e2 are then 0 on both sides,
    and the mean is over heads, queries and keys, padding included. A softmax gives masked keys 0 by itself.
    `leftOut`: the mean over heads and the pairs of real tokens.
    `heads`: each with its own; both sides' `mean` over heads, compared as one head; or a list, in which student head i
    has the teacher's head heads[i] (counted from 0). With `teacherHeads` 3 the teacher's are threeHeadScores0 and 1.
    """

    def visible(scores: torch.Tensor, transform: str) -> torch.Tensor:
        masked = scores + ADDED
        if transform == "probabilities":
            return F.softmax(masked, -1)
        return torch.where(masked <= -1e2, torch.zeros_like(masked), masked)

    def add(transform: str, padding: str, heads: str | list[int], teacher_heads: int) -> None:
        name = "teacherScores" if teacher_heads == H else "threeHeadScores"
        teacher = [goldens.inputs[f"{name}{block}"] for block in range(2)]

        def loss(*student: torch.Tensor) -> torch.Tensor:
            total = 0
            for s, t in zip(student, teacher):
                s, t = visible(s, transform), visible(t, transform)
                if heads == "mean":
                    s, t = s.mean(1, keepdim=True), t.mean(1, keepdim=True)
                elif heads != "each":
                    t = t[:, heads]
                if padding == "leftOut":
                    pairs = PAIRS.expand_as(s)
                    s, t = s[pairs], t[pairs]
                total = total + F.mse_loss(s, t)
            return total

        settings = {"transform": transform, "padding": padding, "heads": heads, "teacherHeads": teacher_heads}
        goldens.add("attn", ["studentScores0", "studentScores1"], loss, **settings)

    for transform in ("scores", "probabilities"):
        for padding in PADDING:
            for heads in ("each", "mean", [1, 0]):
                add(transform, padding, heads, H)
            for heads in ("mean", [2, 0]):
                add(transform, padding, heads, 3)


def split(rows: torch.Tensor, heads: int) -> torch.Tensor:
    """[N, d] -> [B, heads, L, d / heads]."""
    return rows.view(B, L, heads, -1).transpose(1, 2)


def relation(vectors: torch.Tensor, heads: int) -> torch.Tensor:
    """Scaled products of a sequence's vectors with each other, before the softmax: [N, d] -> [B, heads, L, L]."""
    x = split(vectors, heads)
    return x @ x.transpose(-1, -2) / math.sqrt(x.shape[-1])


def relation_loss(student: torch.Tensor, teacher: torch.Tensor, mean: str) -> torch.Tensor:
    """KL(softmax(teacher) || softmax(student)) of [B, heads, L, L], each sequence cut to its own length.

    `sequences`, as minilmv2.py:102-137 has it: divided by heads and length, then the mean over sequences. `tokens`:
    divided by heads and all real tokens of the batch, so that each token counts alike.
    """
    heads, total = student.shape[1], 0
    for b, length in enumerate(LENGTHS):
        log_s = F.log_softmax(student[b, :, :length, :length], -1)
        p_t = F.softmax(teacher[b, :, :length, :length], -1)
        divergence = F.kl_div(log_s.reshape(-1, length), p_t.reshape(-1, length), reduction="sum")
        total = total + divergence / heads / (length * B if mean == "sequences" else sum(LENGTHS))
    return total


def minilm(goldens: Goldens) -> None:
    """MiniLM: KL of the last block's attention, plus KL of its value relations; as many heads on either side.

    The authors' program was not given out. Scores are studentScores1 and teacherScores1.
    """
    scores, values = goldens.inputs["teacherScores1"], goldens.inputs["teacherValues"]

    for mean in ("tokens", "sequences"):

        def attention_part(s: torch.Tensor, mean=mean) -> torch.Tensor:
            return relation_loss(s, scores, mean)

        def values_part(v: torch.Tensor, mean=mean) -> torch.Tensor:
            return relation_loss(relation(v, H), relation(values, H), mean)

        goldens.add("minilm", ["studentScores1"], attention_part, part="attention", mean=mean)
        goldens.add("minilm", ["studentValues"], values_part, part="values", mean=mean)
        goldens.add(
            "minilm",
            ["studentScores1", "studentValues"],
            lambda s, v, a=attention_part, b=values_part: a(s) + b(v),
            part="both", mean=mean,
        )


def minilmv2(goldens: Goldens) -> None:
    """MiniLMv2: KL of relations of queries, keys and values, each with itself; `all` is the sum, at weight 1 each.

    Vectors are cut anew into relation heads, of d / heads numbers on either side, so that widths may differ.
    """

    def part(vectors: str, heads: int):
        teacher = relation(goldens.inputs[f"teacher{vectors}"], heads)
        return lambda x: relation_loss(relation(x, heads), teacher, "sequences")

    kinds = ("Queries", "Keys", "Values")
    for kind in kinds:
        goldens.add("minilmv2", [f"student{kind}"], part(kind, 2), relation=kind.lower(), relationHeads=2)
    for heads in (2, 1):
        parts = [part(kind, heads) for kind in kinds]
        goldens.add(
            "minilmv2",
            [f"student{kind}" for kind in kinds],
            lambda *x, parts=parts: sum(of(one) for of, one in zip(parts, x)),
            relation="all", relationHeads=heads,
        )


def patient(goldens: Goldens) -> None:
    """PKD: MSE of the [CLS] states of two layers, over batch, layers and d; L2-normalised first or not (KD_loss.py:30)."""
    cls = torch.arange(B) * L
    teacher = torch.stack([goldens.inputs[f"teacherHidden{level}"][cls] for level in (1, 2)], 1)  # [B, layers, d]

    for normalised in (True, False):

        def loss(*levels: torch.Tensor, normalised=normalised) -> torch.Tensor:
            s, t = torch.stack([level[cls] for level in levels], 1), teacher
            if normalised:
                s, t = F.normalize(s, p=2, dim=2), F.normalize(t, p=2, dim=2)
            return F.mse_loss(t, s)

        goldens.add("pkd", ["wideStudentHidden1", "wideStudentHidden2"], loss, normalised=normalised)
