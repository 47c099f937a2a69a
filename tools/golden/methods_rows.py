"""Terms that compare predictions, a row of logits at a time. z_s and z_t logits [N, V], means over the counted rows."""

import torch
import torch.nn.functional as F
from torch.autograd import Function

from methods_case import Goldens, counted, gold_words, labelled_words

POSITIONS = ("all", "masked")


def row_terms(goldens: Goldens) -> None:
    distilbert(goldens)
    prediction_layer(goldens)
    pseudo_labels(goldens)
    jensen_shannon(goldens)
    decoupled(goldens)
    standardised(goldens)
    annealing(goldens)
    curriculum(goldens)
    several_teachers(goldens)


def distilbert(goldens: Goldens) -> None:
    """L_ce in both forms, with and without T^2, T alike and apart; L_mlm; L_mse and L_cos (distiller.py:401-448).

    Hinton's loss is a weighted sum of ce and mlm, logit matching is mse.
    """
    z_t = goldens.inputs["teacherLogits"]

    def ce(form: str, T_t: float, T_s: float, factor: float, positions: str) -> None:
        rows = counted(positions)

        def loss(z_s: torch.Tensor) -> torch.Tensor:
            targets = F.softmax(z_t[rows] / T_t, -1)
            if form == "kl":
                return factor * F.kl_div(F.log_softmax(z_s[rows] / T_s, -1), targets, reduction="batchmean")
            return factor * F.cross_entropy(z_s[rows] / T_s, targets)

        settings = {"teacherTemperature": T_t, "studentTemperature": T_s, "factor": factor, "positions": positions}
        goldens.add("ce", ["studentLogits"], loss, form=form, **settings)

    for form in ("kl", "crossEntropy"):
        for factor in (4.0, 1.0):
            for positions in POSITIONS:
                ce(form, 2.0, 2.0, factor, positions)
        ce(form, 3.0, 2.0, 4.0, "all")

    goldens.add("mlm", ["studentLogits"], lambda z_s: F.cross_entropy(z_s, labelled_words(), ignore_index=-100))
    for positions in POSITIONS:
        rows = counted(positions)
        goldens.add(
            "mse",
            ["studentLogits"],
            lambda z_s, rows=rows: F.mse_loss(z_s[rows], z_t[rows], reduction="sum") / rows.sum(),
            positions=positions,
        )
    real = counted("all")
    goldens.add(
        "cos",
        ["wideStudentHidden2"],
        lambda h: F.cosine_embedding_loss(
            h[real], goldens.inputs["teacherHidden2"][real], torch.ones(int(real.sum()), dtype=torch.float64)
        ),
    )


def prediction_layer(goldens: Goldens) -> None:
    """TinyBERT's L_pred at t = 1: the mean over rows (paper), and over rows and classes (task_distill.py:905-908)."""
    real, z_t = counted("all"), goldens.inputs["teacherLogits"]

    def paper(z_s: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(z_s[real], F.softmax(z_t[real], -1))

    def code(z_s: torch.Tensor) -> torch.Tensor:
        return (-F.softmax(z_t[real], dim=-1) * F.log_softmax(z_s[real], dim=-1)).mean()

    goldens.add("pred", ["studentLogits"], paper, temperature=1.0, mean="rows")
    goldens.add("pred", ["studentLogits"], code, temperature=1.0, mean="rowsAndClasses")


def pseudo_labels(goldens: Goldens) -> None:
    """Cross-entropy with the teacher's first guess, at T = 1."""
    z_t = goldens.inputs["teacherLogits"]
    for positions in POSITIONS:
        rows = counted(positions)
        goldens.add(
            "pseudo",
            ["studentLogits"],
            lambda z_s, rows=rows: F.cross_entropy(z_s[rows], z_t[rows].argmax(-1)),
            positions=positions,
        )


def jensen_shannon(goldens: Goldens) -> None:
    """Generalised JSD as GKD's trainer in TRL has it: beta 0 is KL(teacher || student), 1 the reverse; no T^2."""
    z_t = goldens.inputs["teacherLogits"]

    def add(beta: float, T: float, positions: str) -> None:
        rows = counted(positions)

        def loss(z_s: torch.Tensor) -> torch.Tensor:
            student, teacher = F.log_softmax(z_s[rows] / T, -1), F.log_softmax(z_t[rows] / T, -1)
            if beta == 0:
                found = F.kl_div(student, teacher, reduction="none", log_target=True)
            elif beta == 1:
                found = F.kl_div(teacher, student, reduction="none", log_target=True)
            else:
                share = torch.tensor(beta, dtype=torch.float64)
                mixture = torch.logsumexp(torch.stack([student + torch.log1p(-share), teacher + torch.log(share)]), 0)
                found = beta * F.kl_div(mixture, teacher, reduction="none", log_target=True)
                found = found + (1 - beta) * F.kl_div(mixture, student, reduction="none", log_target=True)
            return found.sum() / rows.sum()

        goldens.add("jsd", ["studentLogits"], loss, beta=beta, temperature=T, positions=positions)

    for T in (0.9, 2.0):
        for beta in (0.0, 0.1, 0.5, 0.9, 1.0):
            add(beta, T, "all")
    add(0.5, 0.9, "masked")


def decoupled(goldens: Goldens) -> None:
    """DKD's two parts at T = 4, each times T^2 and without its weight (mdistiller's DKD.py); the gold word is the text's."""
    z_t, T = goldens.inputs["teacherLogits"], 4.0

    for positions in POSITIONS:
        rows = counted(positions)
        target = F.one_hot(gold_words()[rows], z_t.shape[-1]).double()

        def two_bins(z: torch.Tensor, target=target, rows=rows) -> torch.Tensor:
            p = F.softmax(z[rows] / T, -1)
            return torch.stack([(p * target).sum(-1), (p * (1 - target)).sum(-1)], -1)

        def tckd(z_s: torch.Tensor, rows=rows, two_bins=two_bins) -> torch.Tensor:
            return F.kl_div(two_bins(z_s).log(), two_bins(z_t), reduction="sum") * T**2 / rows.sum()

        def nckd(z_s: torch.Tensor, rows=rows, target=target) -> torch.Tensor:
            student = F.log_softmax(z_s[rows] / T - 1000.0 * target, -1)
            teacher = F.softmax(z_t[rows] / T - 1000.0 * target, -1)
            return F.kl_div(student, teacher, reduction="sum") * T**2 / rows.sum()

        for term, loss in (("tckd", tckd), ("nckd", nckd)):
            goldens.add(term, ["studentLogits"], loss, temperature=T, factor=T**2, positions=positions)


def standardised(goldens: Goldens) -> None:
    """T^2 KL of logits that were standardised, row by row, on both sides: std with ddof 1, plus 1e-7 (KD.py:7-19).

    The authors weigh it by 9 beside a cross-entropy on raw logits at .1; neither is in here.
    """
    z_t, T = goldens.inputs["teacherLogits"], 2.0

    def normalised(z: torch.Tensor) -> torch.Tensor:
        return (z - z.mean(-1, keepdim=True)) / (1e-7 + z.std(-1, keepdim=True))

    for positions in POSITIONS:
        rows = counted(positions)

        def loss(z_s: torch.Tensor, rows=rows) -> torch.Tensor:
            student = F.log_softmax(normalised(z_s[rows]) / T, -1)
            teacher = F.softmax(normalised(z_t[rows]) / T, -1)
            return F.kl_div(student, teacher, reduction="none").sum(1).mean() * T**2

        goldens.add("standardised", ["studentLogits"], loss, temperature=T, factor=T**2, positions=positions)


def annealing(goldens: Goldens) -> None:
    """Annealing KD's first phase: the mean over rows of sum_v (z_s - phi z_t)^2.

    The authors' program has nn.MSELoss(), whose mean runs over V too: it is V times smaller.
    """
    real, z_t = counted("all"), goldens.inputs["teacherLogits"]
    for phi in (0.1, 0.5, 1.0):
        goldens.add(
            "annealing",
            ["studentLogits"],
            lambda z_s, phi=phi: F.mse_loss(z_s[real], z_t[real] * phi, reduction="sum") / real.sum(),
            phi=phi,
        )


class Reversed(Function):
    """CTKD's layer: the identity, whose gradient is multiplied by lambda. There is no other minus: lambda is negative."""

    @staticmethod
    def forward(context, x: torch.Tensor, factor: float) -> torch.Tensor:
        context.factor = factor
        return x.clone()

    @staticmethod
    def backward(context, gradient: torch.Tensor):
        return context.factor * gradient, None


def curriculum(goldens: Goldens) -> None:
    """CTKD: T^2 KL at the learned T = 1 + 20 sigmoid(theta), on both sides; theta's gradient passes through T^2 and both.

    `theta` gets the gradient that its optimiser sees, after the reversal; that of the logits is not reversed.
    """
    real, z_t = counted("all"), goldens.inputs["teacherLogits"]
    for factor in (-0.5, -1.0):

        def loss(z_s: torch.Tensor, theta: torch.Tensor, factor=factor) -> torch.Tensor:
            T = 1 + 20 * torch.sigmoid(Reversed.apply(theta, factor))
            student, teacher = F.log_softmax(z_s[real] / T, -1), F.softmax(z_t[real] / T, -1)
            return (F.kl_div(student, teacher, reduction="batchmean") * T**2).sum()

        T = 1 + 20 * torch.sigmoid(goldens.inputs["theta"])
        temperature = float(f"{T.item():.12g}")
        goldens.add("ctkd", ["studentLogits", "theta"], loss, temperature=temperature, **{"lambda": factor})


def several_teachers(goldens: Goldens) -> None:
    """T^2 KL to the mean of two teachers' softened probabilities, or of their logits; and KL(peer || self) at T = 1."""
    real, T = counted("all"), 2.0
    first, second, peer = (
        goldens.inputs[name][real] for name in ("teacherLogits", "secondTeacherLogits", "peerLogits")
    )
    targets = {
        "probabilities": torch.stack([F.softmax(first / T, -1), F.softmax(second / T, -1)]).mean(0),
        "logits": F.softmax(torch.stack([first, second]).mean(0) / T, -1),
    }
    for of, target in targets.items():
        goldens.add(
            "ensemble",
            ["studentLogits"],
            lambda z_s, target=target: T**2
            * F.kl_div(F.log_softmax(z_s[real] / T, -1), target, reduction="batchmean"),
            of=of, temperature=T, factor=T**2,
        )
    goldens.add(
        "dml",
        ["studentLogits"],
        lambda z_s: F.kl_div(F.log_softmax(z_s[real], -1), F.softmax(peer, -1), reduction="batchmean"),
    )
