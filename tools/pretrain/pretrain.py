"""Pre-train a bundled teacher: a small BERT that predicts masked words.

    python tools/pretrain/pretrain.py --teacher stories-4x128 --data ../shared/data

See README.md beside this file.
"""

import argparse
import json
import math
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

# Keep freed memory in the process: giving it back to the system makes a CPU step twice as slow.
MALLOC = {"MALLOC_MMAP_THRESHOLD_": "2000000000", "MALLOC_TRIM_THRESHOLD_": "4000000000"}
if __name__ == "__main__" and sys.platform == "linux" and not MALLOC.items() <= os.environ.items():
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **MALLOC})

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import corpus
import teacher
from card import model_card

DEFAULT_LR = {"stories-4x128": 2e-3, "stories-4x32": 4e-3}


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--teacher", choices=list(teacher.SIZES), required=True)
    parser.add_argument("--stories", type=Path, default=ROOT / "public/corpora/stories.txt")
    parser.add_argument("--data", type=Path, help="folder of the third-party text")
    parser.add_argument("--out", type=Path, help="default: public/teachers/<teacher>")
    parser.add_argument("--steps", type=int, default=16000)
    parser.add_argument("--minutes", type=float, help="end the schedule earlier, after this time")
    parser.add_argument("--stop-at", type=int, help="an early checkpoint: end before the schedule does, at this step")
    parser.add_argument("--tokenizer", type=Path, help="a tokenizer.json in place of one trained on the text")
    parser.add_argument("--lr", type=float)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--oversample", type=int, default=3, help="copies of the stories")
    parser.add_argument("--batch-tokens", type=int, default=4096)
    parser.add_argument("--eval-every", type=int, default=500)
    parser.add_argument("--bf16", action="store_true", help="matrix products in bfloat16")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--check", action="store_true", help="only measure the exported one")
    args = parser.parse_args()
    args.out = args.out or ROOT / "public/teachers" / args.teacher
    args.lr = args.lr or DEFAULT_LR[args.teacher]
    return args


def progress_of(args: argparse.Namespace, step: int, elapsed: float) -> float:
    """How much of the schedule is done, by steps or by the clock; 1 is its end."""
    by_clock = elapsed / 60 / args.minutes if args.minutes else 0.0
    return max(step / args.steps, by_clock)


def learning_rate(peak: float, progress: float) -> float:
    """Linear warm-up over the first 5 % of the schedule, then a cosine down to 0."""
    if progress < 0.05:
        return peak * progress / 0.05
    return peak * 0.5 * (1 + math.cos(math.pi * (progress - 0.05) / 0.95))


def predict(model, masked: corpus.Masked) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits [N, V] at the selected places only, and labels [N]. Batches have no padding."""
    ids = torch.from_numpy(masked.ids)  # [B, L]
    hidden = model.bert(ids).last_hidden_state  # [B, L, d]
    selected = hidden.flatten(0, 1)[torch.from_numpy(masked.positions)]  # [N, d]
    return model.cls(selected), torch.from_numpy(masked.labels)


@torch.no_grad()
def evaluate(model, sequences: list[np.ndarray], draws: int, all_masked: bool) -> dict:
    """Masked-word loss and accuracy over `draws` seeded selections of every sequence."""
    model.eval()
    rng = np.random.default_rng(2024)
    loss = correct = count = 0
    for _ in range(draws):
        for batch in corpus.make_batches(sequences, 8192, rng):
            masked = corpus.mask_batch(batch, model.config.vocab_size, rng, all_masked)
            if len(masked.labels) == 0:
                continue
            logits, labels = predict(model, masked)
            loss += F.cross_entropy(logits, labels, reduction="sum").item()
            correct += (logits.argmax(-1) == labels).sum().item()
            count += len(labels)
    model.train()
    return {"loss": loss / count, "accuracy": correct / count}


class Data:
    """Training sequences, and the two sets that are measured."""

    def __init__(self, args: argparse.Namespace, tokenizer: Tokenizer | None):
        train, held_out = corpus.read_stories(args.stories)
        third_party = corpus.read_third_party(args.data) if args.data else []
        vocab_size = teacher.SIZES[args.teacher]["vocab_size"]
        self.tokenizer = tokenizer or corpus.train_tokenizer(train, vocab_size)
        self.train = corpus.Sequences(self.tokenizer, train * args.oversample + third_party)
        self.held_out = corpus.Sequences(self.tokenizer, held_out).all_long()
        self.sample = corpus.Sequences(self.tokenizer, train[: len(held_out)]).all_long()

    def measure(self, model, draws: int) -> dict:
        return {
            "held-out, all [MASK]": evaluate(model, self.held_out, draws, True),
            "held-out, 80/10/10": evaluate(model, self.held_out, draws, False),
            "training, all [MASK]": evaluate(model, self.sample, draws, True),
        }


class Checkpoint:
    """Everything needed to go on, in a folder that git ignores."""

    def __init__(self, name: str):
        self.folder = HERE / ".checkpoints" / name
        self.folder.mkdir(parents=True, exist_ok=True)
        (HERE / ".checkpoints" / ".gitignore").write_text("*\n")
        self.tokenizer_path = self.folder / "tokenizer.json"

    def exists(self) -> bool:
        return (self.folder / "state.pt").exists()

    def load(self) -> tuple[dict, Tokenizer]:
        return torch.load(self.folder / "state.pt"), Tokenizer.from_file(str(self.tokenizer_path))

    def save(self, tokenizer: Tokenizer, **state) -> None:
        tokenizer.save(str(self.tokenizer_path))
        partial = self.folder / "state.partial"
        torch.save(state, partial)
        partial.replace(self.folder / "state.pt")


def train(args: argparse.Namespace) -> None:
    checkpoint = Checkpoint(args.teacher)
    state, tokenizer = checkpoint.load() if args.resume else (None, None)
    if args.tokenizer and not tokenizer:
        tokenizer = Tokenizer.from_file(str(args.tokenizer))
    data = Data(args, tokenizer)
    vocab_size = data.tokenizer.get_vocab_size()
    torch.manual_seed(args.seed)
    model = teacher.build(args.teacher, vocab_size, args.dropout).train()
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=args.lr, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    step, elapsed, best, history = 0, 0.0, math.inf, []
    if state:
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, elapsed, best, history = (state[k] for k in ("step", "elapsed", "best", "history"))
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, vocabulary {vocab_size}")
    print(f"{data.train.tokens():,} tokens an epoch, {len(data.held_out)} held-out sequences")

    rng = np.random.default_rng([args.seed, step])
    batches, losses, progress = [], [], progress_of(args, step, elapsed)
    started = time.monotonic() - elapsed
    while progress < 1 and step != args.stop_at:
        if not batches:
            batches = corpus.make_batches(data.train.draw(rng), args.batch_tokens, rng)
        masked = corpus.mask_batch(batches.pop(), vocab_size, rng)
        if len(masked.labels) == 0:
            continue
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(args.lr, progress)
        # Weights, optimizer and measurements stay float32 either way.
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
            logits, labels = predict(model, masked)
        loss = F.cross_entropy(logits.float(), labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())

        step += 1
        elapsed = time.monotonic() - started
        progress = progress_of(args, step, elapsed)
        if step % args.eval_every == 0 or progress >= 1 or step == args.stop_at:
            result = data.measure(model, draws=2)
            history.append({"step": step, "seconds": round(elapsed), **result})
            report(step, elapsed, progress, np.mean(losses), result)
            losses = []
            if result["held-out, all [MASK]"]["loss"] < best:
                best = result["held-out, all [MASK]"]["loss"]
                card = model_card(args.teacher, model, step, elapsed, result, bool(args.data))
                teacher.export(model, data.tokenizer, args.out, args.teacher, card)
            checkpoint.save(
                data.tokenizer,
                model=model.state_dict(),
                optimizer=optimizer.state_dict(),
                step=step,
                elapsed=elapsed,
                best=best,
                history=history,
            )
    check(args)


def report(step: int, elapsed: float, progress: float, train_loss: float, result: dict) -> None:
    scores = "; ".join(f"{k} {v['loss']:.3f} {v['accuracy']:.4f}" for k, v in result.items())
    print(f"{step} {elapsed:.0f}s {progress:.3f} train {train_loss:.3f}; {scores}", flush=True)


def check(args: argparse.Namespace) -> None:
    """Load the exported teacher as anyone would, measure it with more draws, renew its card."""
    model, tokenizer = teacher.load(args.out)
    result = Data(args, tokenizer).measure(model, draws=10)
    print(json.dumps(result, indent=2))
    checkpoint = Checkpoint(args.teacher)
    if checkpoint.exists():
        state, _ = checkpoint.load()
        # The exported one is the best, which need not be the last.
        best = min(state["history"], key=lambda point: point["held-out, all [MASK]"]["loss"])
        card = model_card(
            args.teacher, model, best["step"], best["seconds"], result, bool(args.data)
        )
        (args.out / "README.md").write_text(card)


if __name__ == "__main__":
    options = parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    check(options) if options.check else train(options)
