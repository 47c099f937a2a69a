"""Write the numbers from PyTorch that the TypeScript tests compare with.

    python tools/golden/make_golden.py

Needs tools/pretrain/requirements.txt. Everything is computed in float64; inputs have four
decimals, so the files hold them exactly, and results have nine digits.
Dimension letters: B batch, L length, d hidden size, H heads, V vocabulary, N rows.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from transformers import BertConfig, BertForMaskedLM

OUT = Path(__file__).resolve().parents[2] / "test/golden"
DIGITS = 9


def flat(tensor: torch.Tensor) -> dict:
    """Shape and row-major values."""
    if not tensor.dtype.is_floating_point:
        return {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}
    values = [float(f"{v:.{DIGITS}g}") for v in tensor.detach().double().flatten().tolist()]
    return {"shape": list(tensor.shape), "values": values}


def normal(*shape: int, scale: float = 1.0) -> torch.Tensor:
    """Normal numbers that have few decimals, so that the file holds them exactly."""
    return (torch.randn(*shape, dtype=torch.float64) * scale * 1e4).round() / 1e4


def write(name: str, content: dict) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.json"
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")
    print(f"{path.relative_to(OUT.parents[1])}: {path.stat().st_size:,} bytes")


def encoder() -> dict:
    """A 2-layer BertForMaskedLM on a [2, 5] batch whose second row ends in two [PAD]."""
    torch.manual_seed(1)
    settings = dict(
        vocab_size=11,
        hidden_size=8,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=7,
        type_vocab_size=2,
        layer_norm_eps=1e-12,
        hidden_act="gelu",
        pad_token_id=0,
    )
    config = BertConfig(**settings, attn_implementation="eager")
    model = BertForMaskedLM(config).double().eval()
    weights = {}
    with torch.no_grad():
        for key, value in model.named_parameters():  # the tied decoder is named once
            center = 1.0 if key.endswith("LayerNorm.weight") else 0.0
            value.copy_(center + normal(*value.shape, scale=0.5))
            weights[key] = flat(value)
    ids = torch.tensor([[2, 7, 5, 10, 3], [2, 9, 3, 0, 0]])
    attention_mask = (ids != 0).long()

    scores = {}

    def keep_scores(layer: int):
        def hook(module, args, kwargs, output):
            hidden = args[0] if args else kwargs["hidden_states"]  # [B, L, d]
            B, L, d = hidden.shape
            query, key = (
                project(hidden).view(B, L, 2, d // 2).transpose(1, 2)  # [B, H, L, d / H]
                for project in (module.query, module.key)
            )
            scores[layer] = query @ key.transpose(-1, -2) / (d // 2) ** 0.5  # [B, H, L, L]

        return hook

    for i, block in enumerate(model.bert.encoder.layer):
        block.attention.self.register_forward_hook(keep_scores(i), with_kwargs=True)
    with torch.no_grad():
        output = model(
            input_ids=ids,
            attention_mask=attention_mask,
            output_hidden_states=True,
            output_attentions=True,
        )
    # Unmasked scores and the mask must give Hugging Face's probabilities.
    minus = torch.where(attention_mask == 0, -torch.inf, 0.0).double()[:, None, None, :]
    for i, probabilities in enumerate(output.attentions):
        torch.testing.assert_close((scores[i] + minus).softmax(-1), probabilities)
    return {
        "config": settings,
        "weights": weights,
        "ids": ids.tolist(),
        "attentionMask": attention_mask.tolist(),
        "embeddings": flat(output.hidden_states[0]),  # [B, L, d], after LayerNorm
        "hiddenStates": [flat(h) for h in output.hidden_states[1:]],  # per layer [B, L, d]
        "attentionScores": [flat(scores[i]) for i in range(2)],  # QK^T / sqrt(d / H), unmasked
        "attentionProbabilities": [flat(a) for a in output.attentions],  # [B, H, L, L]
        "logits": flat(output.logits),  # [B, L, V]
    }


def losses() -> dict:
    """DistilBERT's losses with their gradients for the student's logits or hidden states."""
    torch.manual_seed(2)
    student_logits, teacher_logits = normal(6, 11, scale=2), normal(6, 11, scale=2)  # [N, V]
    student_hidden, teacher_hidden = normal(6, 8), normal(6, 8)  # [N, d]
    mask = torch.tensor([1, 1, 0, 1, 1, 0])  # 0 is padding
    labels = torch.tensor([-100, 4, -100, 9, -100, -100])  # -100 is not asked
    real = mask == 1

    def graded(loss_of, source: torch.Tensor) -> dict:
        variable = source.clone().requires_grad_()
        loss = loss_of(variable)
        (gradient,) = torch.autograd.grad(loss, variable)
        return {"value": float(f"{loss.item():.12g}"), "gradient": flat(gradient)}

    def ce(T: float):
        """T^2 KL(teacher || student) at temperature T; the mean over rows that are not padding."""
        return lambda s: T**2 * F.kl_div(
            F.log_softmax(s[real] / T, -1),
            F.softmax(teacher_logits[real] / T, -1),
            reduction="batchmean",
        )

    def mlm(s):
        """Cross-entropy; the mean over labelled rows."""
        return F.cross_entropy(s, labels, ignore_index=-100)

    def mse(s):
        """Squared logit difference summed over V; the mean over rows that are not padding."""
        return F.mse_loss(s[real], teacher_logits[real], reduction="sum") / real.sum()

    def cos(h):
        """1 - cos; the mean over rows that are not padding."""
        rows = h[real]
        ones = torch.ones(len(rows), dtype=torch.float64)
        return F.cosine_embedding_loss(rows, teacher_hidden[real], ones, reduction="mean")

    return {
        "studentLogits": flat(student_logits),
        "teacherLogits": flat(teacher_logits),
        "studentHidden": flat(student_hidden),
        "teacherHidden": flat(teacher_hidden),
        "mask": mask.tolist(),
        "labels": labels.tolist(),
        "ce": [{"temperature": T, **graded(ce(T), student_logits)} for T in (0.5, 1, 2, 4)],
        "mlm": graded(mlm, student_logits),
        "mse": graded(mse, student_logits),
        "cos": graded(cos, student_hidden),
    }


def tinybert() -> dict:
    """TinyBERT's losses of two mapped layers, with their gradients; the second text ends in [PAD].

    Attention as general_distill.py has it: the mask adds -10000 to the scores, entries up to -1e2
    are then 0 on both sides, and the mean is over all entries.
    """
    torch.manual_seed(4)
    B, H, L, student_d, teacher_d = 2, 2, 5, 6, 8
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
    masked = (1.0 - mask.double())[:, None, None, :] * -10000.0
    student_scores = [normal(B, H, L, L).requires_grad_() for _ in range(2)]
    teacher_scores = [normal(B, H, L, L) for _ in range(2)]
    student_hidden = [normal(B * L, student_d).requires_grad_() for _ in range(3)]  # embeddings first
    teacher_hidden = [normal(B * L, teacher_d) for _ in range(3)]
    fit_dense = torch.nn.Linear(student_d, teacher_d).double()
    with torch.no_grad():
        fit_dense.weight.copy_(normal(teacher_d, student_d, scale=0.5))
        fit_dense.bias.copy_(normal(teacher_d, scale=0.5))

    def visible(scores: torch.Tensor) -> torch.Tensor:
        scores = scores + masked
        return torch.where(scores <= -1e2, torch.zeros_like(scores), scores)

    attention = [
        F.mse_loss(visible(s), visible(t)) for s, t in zip(student_scores, teacher_scores)
    ]
    hidden = [F.mse_loss(fit_dense(s), t) for s, t in zip(student_hidden, teacher_hidden)]
    score_gradients = torch.autograd.grad(sum(attention), student_scores)
    *hidden_gradients, weight_gradient, bias_gradient = torch.autograd.grad(
        sum(hidden), [*student_hidden, fit_dense.weight, fit_dense.bias]
    )

    def values(losses: list[torch.Tensor]) -> list[float]:
        return [float(f"{loss.item():.12g}") for loss in losses]

    return {
        "mask": mask.tolist(),
        "studentScores": [flat(s) for s in student_scores],  # per pair [B, H, L, L]
        "teacherScores": [flat(s) for s in teacher_scores],
        "studentHidden": [flat(h) for h in student_hidden],  # per level [B * L, d]
        "teacherHidden": [flat(h) for h in teacher_hidden],
        "weight": flat(fit_dense.weight),
        "bias": flat(fit_dense.bias),
        "attention": {
            "values": values(attention),
            "gradients": [flat(g) for g in score_gradients],
        },
        "hidden": {
            "values": values(hidden),
            "gradients": [flat(g) for g in hidden_gradients],
            "weightGradient": flat(weight_gradient),
            "biasGradient": flat(bias_gradient),
        },
    }


class Drawn:
    """Numbers of four decimals that test/train/goldenStep.ts draws again, so that no file need hold them."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def integer(self, below: int) -> int:
        self.state = (1103515245 * self.state + 12345) % 2**31
        return (self.state >> 12) % below

    def tensor(self, *shape: int, scale: float, center: float = 0.0) -> torch.Tensor:
        count = math.prod(shape)
        values = [center + scale * ((self.integer(20001) - 10000) / 10000) for _ in range(count)]
        return torch.tensor(values, dtype=torch.float64).reshape(shape)


# What the student of `step` learns by, and how; the test reads all of it from the file.
STEP = dict(
    B=3,
    L=7,
    V=29,
    shape=dict(hidden_size=12, num_attention_heads=3, intermediate_size=13, max_position_embeddings=9),
    teacherLayers=4,
    studentLayers=2,
    mapping=[2, 4],
    temperature=2.0,
    objective=dict(ce=5.0, mlm=2.0, cos=1.0, mse=0.1, attn=1.0, hidn=1.0),
    learningRates=[0.002, 0.001, 0.0005],
    accumulation=2,
    clipNorm=15.05,
    weightDecay=0.05,
    # Tokens of each row of each batch, the rest is [PAD]; most rows have some.
    lengths=[[7, 3, 5], [4, 7, 3], [3, 3, 3], [7, 6, 4], [5, 4, 7], [6, 3, 3]],
)


HELD_OUT = 8


def evaluated(run, teacher, student, terms, batches: list[dict]) -> dict:
    """Held-out figures over the first sequences of the batches, taken as one batch; every token is asked.

    Models of random weights are never right: of three answers one is the teacher's guess, one the student's.
    """
    ids = torch.cat([one["ids"] for one in batches])[:HELD_OUT]
    with torch.no_grad():
        (taught, teacher_scores), (learned, scores) = run(teacher, ids), run(student, ids)
        answers = torch.stack([taught.logits.argmax(-1), learned.logits.argmax(-1), ids])
        turn = torch.arange(ids.numel()).view_as(ids) % 3
        labels = torch.where(ids != 0, answers.gather(0, turn[None])[0], -100)
        losses = terms(ids, labels)
        real, asked = ids != 0, labels >= 0
        z_t, z_s, words = taught.logits[asked], learned.logits[asked], labels[asked]
        pairs = (real[:, :, None] & real[:, None, :])[:, None].double()
        hidden = torch.where(real, 0.0, -torch.inf).double()[:, None, None, :]

        def distance(transform) -> list:
            """Per mapped layer and head, over pairs of real tokens."""
            return [
                (((transform(scores[m]) - transform(teacher_scores[g - 1])) ** 2 * pairs).sum((0, 2, 3)) / pairs.sum()).tolist()
                for m, g in enumerate(STEP["mapping"])
            ]

        def figures(logits: torch.Tensor) -> dict:
            return {
                "loss": F.cross_entropy(logits, words).item(),
                "accuracy": (logits.argmax(-1) == words).double().mean().item(),
            }

        return {
            "ids": ids.tolist(),
            "labels": labels.tolist(),
            "maskedWords": int(asked.sum()),
            "teacher": figures(z_t),
            "student": {
                **figures(z_s),
                "agreement": (z_s.argmax(-1) == z_t.argmax(-1)).double().mean().item(),
                "klToTeacher": F.kl_div(z_s.log_softmax(-1), z_t.softmax(-1), reduction="batchmean").item(),
            },
            "terms": {name: loss.item() for name, loss in losses.items()},
            "attention": {
                "scores": distance(lambda s: s),
                "probabilities": distance(lambda s: (s + hidden).softmax(-1)),
            },
        }


def step() -> dict:
    """A student of two layers on a teacher of four, in batches with much padding: every term's gradient for every
    parameter, and three updates of two batches each, clipped, by AdamW.

    The models are transformers' own, dropout off: word_embeddings has padding_idx 0, so that the look-up of [PAD] gives
    its row no gradient; rows of position and token-type embeddings have no such exception.
    """

    def model(layers: int, seed: int) -> BertForMaskedLM:
        config = BertConfig(
            vocab_size=STEP["V"], num_hidden_layers=layers, type_vocab_size=2, pad_token_id=0,
            attn_implementation="eager", **STEP["shape"],
        )
        made = BertForMaskedLM(config).double().eval()
        drawn = Drawn(seed)
        with torch.no_grad():
            for name, value in made.named_parameters():
                center = 1.0 if name.endswith("LayerNorm.weight") else 0.0
                value.copy_(drawn.tensor(*value.shape, scale=0.4, center=center))
        return made

    teacher, student = model(STEP["teacherLayers"], 1), model(STEP["studentLayers"], 2)
    d, H = STEP["shape"]["hidden_size"], STEP["shape"]["num_attention_heads"]
    drawn = Drawn(3)
    fit_dense = torch.nn.Linear(d, d).double()
    with torch.no_grad():
        fit_dense.weight.copy_(drawn.tensor(d, d, scale=0.4))
        fit_dense.bias.copy_(drawn.tensor(d, scale=0.4))

    def batch(lengths: list[int]) -> dict:
        """[CLS] 2, [SEP] 3, [MASK] 4, words from 5; one word of each row is asked."""
        ids, labels = [], []
        for length in lengths:
            row = [2] + [5 + drawn.integer(STEP["V"] - 5) for _ in range(length - 2)] + [3]
            at = 1 + drawn.integer(length - 2)
            labels.append([-100] * at + [row[at]] + [-100] * (STEP["L"] - at - 1))
            row[at] = 4
            ids.append(row + [0] * (STEP["L"] - length))
        return {"ids": torch.tensor(ids), "labels": torch.tensor(labels)}

    def run(bert: BertForMaskedLM, ids: torch.Tensor):
        scores = {}

        def keep(layer: int):
            def hook(module, args, kwargs, output):
                hidden = args[0] if args else kwargs["hidden_states"]
                query, key = (
                    project(hidden).view(*ids.shape, H, d // H).transpose(1, 2)
                    for project in (module.query, module.key)
                )
                scores[layer] = query @ key.transpose(-1, -2) / (d // H) ** 0.5

            return hook

        hooks = [
            block.attention.self.register_forward_hook(keep(i), with_kwargs=True)
            for i, block in enumerate(bert.bert.encoder.layer)
        ]
        output = bert(input_ids=ids, attention_mask=(ids != 0).long(), output_hidden_states=True)
        for hook in hooks:
            hook.remove()
        return output, [scores[i] for i in range(len(hooks))]

    def terms(ids: torch.Tensor, labels: torch.Tensor) -> dict:
        with torch.no_grad():
            taught, teacher_scores = run(teacher, ids)
        learned, scores = run(student, ids)
        real = ids != 0
        T = STEP["temperature"]
        added = torch.where(real, 0.0, -10000.0).double()[:, None, None, :]

        def visible(of: torch.Tensor) -> torch.Tensor:
            return torch.where(of + added <= -1e2, torch.zeros_like(of), of + added)

        h_s, h_t = learned.hidden_states, taught.hidden_states
        ones = torch.ones(int(real.sum()), dtype=torch.float64)
        return {
            "ce": T**2 * F.kl_div(
                F.log_softmax(learned.logits[real] / T, -1),
                F.softmax(taught.logits[real] / T, -1),
                reduction="batchmean",
            ),
            "mlm": F.cross_entropy(learned.logits.flatten(0, 1), labels.flatten(), ignore_index=-100),
            "cos": F.cosine_embedding_loss(h_s[-1][real], h_t[-1][real], ones),
            "mse": F.mse_loss(learned.logits[real], taught.logits[real], reduction="sum") / real.sum(),
            "attn": sum(
                F.mse_loss(visible(scores[m]), visible(teacher_scores[g - 1]))
                for m, g in enumerate(STEP["mapping"])
            ),
            "hidn": sum(
                F.mse_loss(fit_dense(h_s[m]), h_t[g]) for m, g in enumerate([0, *STEP["mapping"]])
            ),
        }

    named = {**dict(student.named_parameters()), **{f"fit_dense.{n}": p for n, p in fit_dense.named_parameters()}}
    batches = [batch(lengths) for lengths in STEP["lengths"]]

    def few(tensor: torch.Tensor, digits: int = 5) -> list[float]:
        return [float(f"{v:.{digits}g}") for v in tensor.detach().flatten().tolist()]

    def gradients(loss: torch.Tensor) -> dict:
        found = torch.autograd.grad(loss, list(named.values()), allow_unused=True, retain_graph=True)
        return {name: few(g) for name, g in zip(named, found) if g is not None}

    first = terms(**batches[0])
    single = {name: {"value": float(f"{loss.item():.12g}"), "gradients": gradients(loss)} for name, loss in first.items()}

    held_out = evaluated(run, teacher, student, terms, batches)

    spared = [p for n, p in named.items() if n.endswith("bias") or "LayerNorm" in n]
    decayed = [p for n, p in named.items() if not (n.endswith("bias") or "LayerNorm" in n)]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": STEP["weightDecay"]}, {"params": spared, "weight_decay": 0.0}],
        betas=(0.9, 0.98), eps=1e-6,
    )
    updates = []
    per = STEP["accumulation"]
    for u, rate in enumerate(STEP["learningRates"]):
        optimizer.zero_grad()
        losses = []
        for one in batches[u * per : (u + 1) * per]:
            found = terms(**one)
            loss = sum(STEP["objective"][name] * value for name, value in found.items())
            (loss / per).backward()
            losses.append(loss.item())
        norm = torch.nn.utils.clip_grad_norm_(list(named.values()), STEP["clipNorm"])
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        updates.append({"total": sum(losses) / per, "gradientNorm": float(f"{norm.item():.12g}")})
    return {
        **STEP,
        "teacher": {n: list(p.shape) for n, p in teacher.named_parameters()},
        "student": {n: list(p.shape) for n, p in student.named_parameters()},
        "batches": [{k: v.tolist() for k, v in one.items()} for one in batches],
        "terms": single,
        "heldOut": held_out,
        "updates": updates,
        "parameters": {name: few(p, 8) for name, p in named.items()},
    }


def adamw() -> dict:
    """Five steps of AdamW on three parameters, the gradients clipped to norm 0.5 before."""
    torch.manual_seed(3)
    parameters = [torch.nn.Parameter(normal(*shape)) for shape in [(3, 5), (7,), (2, 3, 1)]]
    initial = [flat(p) for p in parameters]
    settings = {"beta1": 0.9, "beta2": 0.98, "epsilon": 1e-6, "weightDecay": 0.01, "clipNorm": 0.5}
    optimizer = torch.optim.AdamW(parameters, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.01)
    steps = []
    for step in range(5):
        # The third step's gradients are small: its norm is under the limit and stays as it is.
        scale = 0.02 if step == 2 else 1.0
        gradients = [normal(*p.shape, scale=scale) for p in parameters]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient.clone()
        norm = torch.nn.utils.clip_grad_norm_(parameters, 0.5)
        lr = round(0.01 * (5 - step) / 5, 6)
        for group in optimizer.param_groups:
            group["lr"] = lr
        optimizer.step()
        steps.append(
            {
                "learningRate": lr,
                "gradients": [flat(g) for g in gradients],
                "gradientNorm": float(f"{norm.item():.12g}"),
                "parameters": [flat(p) for p in parameters],
            }
        )
    return {"settings": settings, "initial": initial, "steps": steps}


if __name__ == "__main__":
    torch.set_num_threads(1)
    write("encoder", encoder())
    write("losses", losses())
    write("tinybert", tinybert())
    write("adamw", adamw())
    write("step", step())
