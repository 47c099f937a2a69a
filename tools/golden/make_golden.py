"""Write the numbers from PyTorch that the TypeScript tests compare with.

    python tools/golden/make_golden.py

Needs tools/pretrain/requirements.txt. Everything is computed in float64; inputs have four
decimals, so the files hold them exactly, and results have nine digits.
Dimension letters: B batch, L length, d hidden size, H heads, V vocabulary, N rows.
"""

import json
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
