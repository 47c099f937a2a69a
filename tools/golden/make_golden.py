"""Write the numbers from PyTorch that the TypeScript tests compare with.

    python tools/golden/make_golden.py            every file
    python tools/golden/make_golden.py methods    only some, by name

Needs tools/pretrain/requirements.txt. `step` is below, each other file has a module beside this one. Everything is
computed in float64; inputs have four decimals, so the files hold them exactly, and results have nine digits (those of
`methods` six, and its inputs are rounded to float32 first). firstLosses.json is none of PyTorch's: see firstLosses.ts.
Dimension letters: B batch, L length, d hidden size, H heads, V vocabulary, N rows.
"""

import sys

import torch
import torch.nn.functional as F
from transformers import BertConfig, BertForMaskedLM

from adamw import adamw
from augmentation import augmentation
from common import Drawn, few, write
from encoder import encoder
from heads import heads
from hub import hub
from likeness import likeness
from losses import losses, tinybert
from methods import methods


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

    def gradients(loss: torch.Tensor) -> dict:
        found = torch.autograd.grad(loss, list(named.values()), allow_unused=True, retain_graph=True)
        return {name: few(g, 5) for name, g in zip(named, found) if g is not None}

    first = terms(**batches[0])
    single = {name: {"value": float(f"{loss.item():.12g}"), "gradients": gradients(loss)} for name, loss in first.items()}

    held_out = evaluated(run, teacher, student, terms, batches)

    def part_of(name: str) -> str:
        if name.startswith("bert.encoder.layer."):
            return f"layer.{int(name.split('.')[3]) + 1}"
        return {"bert": "embeddings", "cls": "head", "fit_dense": "beside"}[name.split(".")[0]]

    def ledger(per: int) -> dict:
        """Products of the gradients of weight * term with each other, by part, of the first update before it is taken."""
        sums = {term: {name: torch.zeros_like(p) for name, p in named.items()} for term in STEP["objective"]}
        for one in batches[:per]:
            for term, loss in terms(**one).items():
                found = torch.autograd.grad(loss, list(named.values()), allow_unused=True, retain_graph=True)
                for name, gradient in zip(named, found):
                    if gradient is not None:
                        sums[term][name] += STEP["objective"][term] / per * gradient
        parts = {part: [n for n in named if part_of(n) == part] for part in dict.fromkeys(map(part_of, named))}
        rows = {
            part: torch.stack([torch.cat([sums[term][n].flatten() for n in names]) for term in sums])
            for part, names in parts.items()
        }
        return {"terms": list(sums), "dots": {part: few(g @ g.T, 8) for part, g in rows.items()}}

    first_update = ledger(STEP["accumulation"])

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
        "ledger": first_update,
        "updates": updates,
        "parameters": {name: few(p, 8) for name, p in named.items()},
    }


FILES = [encoder, losses, tinybert, adamw, step, methods, heads, augmentation, likeness, hub]

if __name__ == "__main__":
    torch.set_num_threads(1)
    made = {make.__name__: make for make in FILES}
    unknown = set(sys.argv[1:]) - set(made)
    if unknown:
        sys.exit(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(made)}.")
    for name in sys.argv[1:] or made:
        write(name, made[name]())
