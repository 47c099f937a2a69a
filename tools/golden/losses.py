"""losses.json and tinybert.json: the losses of DistilBERT and of TinyBERT's layers."""

import torch
import torch.nn.functional as F

from common import flat, normal


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
