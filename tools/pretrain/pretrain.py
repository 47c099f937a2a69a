"""Pre-train a bundled teacher: a small BERT that predicts masked words.

    python tools/pretrain/pretrain.py --teacher base-4x256 --data ../shared/data

See README.md beside this file.
"""

import argparse
import json
import math
import os
import signal
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
from checkpoint import Checkpoint
from measure import answers, evaluate, predict
from optimizers import Optimizers
from recipes import RECIPES
from schedule import Schedule
from texts import OWN, Texts

PROBE = "I watched [MASK] yesterday."


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--teacher", choices=list(RECIPES), required=True)
    add("--corpora", type=Path, default=ROOT / "public/corpora", help="folder of our own text")
    add("--data", type=Path, help="folder of the third-party text")
    add("--out", type=Path, help="default: public/teachers/<teacher>")
    add("--steps", type=int, default=16000, help="length of a cosine schedule")
    add("--minutes", type=float, help="end the schedule earlier, after this time")
    add("--decay", type=int, metavar="STEPS", help="end a stable schedule, from its checkpoint on")
    add("--stop-at", type=int, help="an early checkpoint: end before the schedule does")
    add("--layers", type=int, help="train so many; more than the checkpoint has: stack them")
    add("--tokenizer", type=Path, help="a tokenizer.json in place of one trained on the text")
    add("--lr", type=float)
    add("--dropout", type=float, default=0.0)
    add("--batch-tokens", type=int)
    add("--eval-every", type=int, default=500, metavar="STEPS")
    add("--eval-minutes", type=float, help="measure and save by the clock instead")
    add("--bf16", action="store_true", help="matrix products in bfloat16")
    add("--threads", type=int, default=2)
    add("--seed", type=int, default=1)
    add("--resume", action="store_true", help="go on from the last checkpoint")
    add("--check", action="store_true", help="only measure the exported one")
    args = parser.parse_args()
    args.recipe = RECIPES[args.teacher]
    args.out = args.out or ROOT / "public/teachers" / args.teacher
    args.lr = args.lr or args.recipe.lr
    args.batch_tokens = args.batch_tokens or args.recipe.batch_tokens
    args.resume = args.resume or args.decay is not None
    if args.decay and args.recipe.schedule != "stable":
        parser.error(f"--decay: {args.teacher} has a cosine schedule, which ends by itself")
    return args


class Data:
    """Training sequences by source, and the sets that are measured."""

    def __init__(self, args: argparse.Namespace, tokenizer: Tokenizer | None, measure_only=False):
        recipe = args.recipe
        sources = [s for s in recipe.weights if s in OWN] if measure_only else recipe.weights
        texts = Texts(args.corpora, args.data, sources, recipe.withhold)
        vocab_size = teacher.SIZES[args.teacher]["vocab_size"]
        pieces_from = [text for source in recipe.vocabulary for text in texts.train[source]]
        self.tokenizer = tokenizer or corpus.train_tokenizer(pieces_from, vocab_size, recipe.whole)
        self.recipe = recipe
        self.dropped = texts.dropped
        self.train = {s: corpus.Sequences(self.tokenizer, t) for s, t in texts.train.items()}
        held_out = texts.held_out["stories"]
        seen = texts.train["stories"][: len(held_out)]
        self.sets = {
            "held-out": corpus.Sequences(self.tokenizer, held_out).all_long(),
            "training": corpus.Sequences(self.tokenizer, seen).all_long(),
        }
        if "everyday" in texts.held_out:
            everyday = corpus.Sequences(self.tokenizer, texts.held_out["everyday"])
            self.sets["held-out everyday"] = everyday.all_long()

    def epoch(self, tokens: int, rng: np.random.Generator) -> list[np.ndarray]:
        sequences = []
        for source, weight in self.recipe.weights.items():
            if source in self.train:
                sequences += self.train[source].draw(weight, self.recipe.pair_share, rng)
        return corpus.make_batches(sequences, tokens, rng)

    def measure(self, model, draws: int) -> dict:
        result = {
            f"{name}, all [MASK]": evaluate(model, sequences, draws, 0.0)
            for name, sequences in self.sets.items()
        }
        noisy = evaluate(model, self.sets["held-out"], draws, 0.2)
        return {**result, "held-out, 80/10/10": noisy}


def train(args: argparse.Namespace) -> None:
    checkpoint = Checkpoint(args.teacher)
    state, tokenizer = checkpoint.load() if args.resume else (None, None)
    if args.tokenizer and not tokenizer:
        tokenizer = Tokenizer.from_file(str(args.tokenizer))
    data = Data(args, tokenizer)
    recipe, vocab_size = args.recipe, data.tokenizer.get_vocab_size()
    torch.manual_seed(args.seed)
    layers = args.layers or (state and state["layers"])
    model = teacher.build(args.teacher, vocab_size, args.dropout, layers).train()
    layers = model.config.num_hidden_layers
    optimizers = Optimizers(recipe.optimizer, model, args.lr)
    step, elapsed, cpu, tokens, best, history, warm_from = 0, 0.0, 0.0, 0, math.inf, [], 0
    if state:
        model.load_state_dict(teacher.grow(state["model"], layers))
        step, elapsed, cpu = (state[key] for key in ("step", "elapsed", "cpu"))
        tokens, history = state["tokens"], state["history"]
        if layers == state["layers"]:
            optimizers.load(state["optimizers"])
            best, warm_from = state["best"], state["warm_from"]
        else:
            warm_from = step
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, vocabulary {vocab_size}")
    for source, sequences in data.train.items():
        print(f"{source}: {sequences.tokens():,} tokens, {recipe.weights[source]} an epoch")
    print(f"{data.dropped:,} withheld sentences left out", flush=True)

    stable = recipe.schedule == "stable"
    schedule = Schedule(
        kind=recipe.schedule,
        peak=args.lr,
        steps=args.decay if stable else args.steps,
        minutes=args.minutes,
        begin=(step, elapsed) if stable else (0, 0.0),
        warm_from=warm_from,
    )
    stop = []  # the names of signals that asked for an end
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _: stop.append(number))
    rng = np.random.default_rng([args.seed, step])
    batches, losses, progress = [], [], schedule.progress(step, elapsed)
    started, cpu_started = time.monotonic() - elapsed, time.process_time() - cpu
    measured = elapsed
    while progress < 1 and step != args.stop_at and not stop:
        if not batches:
            batches = data.epoch(args.batch_tokens, rng)
        masked = corpus.mask_batch(batches.pop(), vocab_size, rng, recipe.mask_share, recipe.noise)
        if len(masked.labels) == 0:
            continue
        # Weights, optimizer and measurements stay float32 either way.
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
            logits, labels = predict(model, masked)
        loss = F.cross_entropy(logits.float(), labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizers.step(schedule.rate(step, progress))
        losses.append(loss.item())

        step += 1
        tokens += masked.ids.size
        elapsed = time.monotonic() - started
        progress = schedule.progress(step, elapsed)
        if args.eval_minutes:
            due = elapsed - measured >= 60 * args.eval_minutes
        else:
            due = step % args.eval_every == 0
        if due or progress >= 1 or step == args.stop_at or stop:
            result = data.measure(model, draws=2)
            cpu = time.process_time() - cpu_started
            history.append({"step": step, "tokens": tokens, "cpu": round(cpu), **result})
            report(history[-1], elapsed, np.mean(losses), result)
            print("   ", answers(model, data.tokenizer, PROBE), flush=True)
            losses, measured = [], elapsed
            if result["held-out, all [MASK]"]["loss"] < best:
                best = result["held-out, all [MASK]"]["loss"]
                sources = list(data.train)
                card = model_card(args.teacher, model, recipe, sources, history[-1], result)
                teacher.export(model, data.tokenizer, args.out, args.teacher, card)
            state = dict(
                model=model.state_dict(),
                optimizers=optimizers.state(),
                layers=layers,
                sources=list(data.train),
                step=step,
                elapsed=elapsed,
                cpu=cpu,
                tokens=tokens,
                best=best,
                history=history,
                warm_from=warm_from,
            )
            checkpoint.save(data.tokenizer, "decayed.pt" if args.decay else "state.pt", state)
    if not stop:
        check(args)


def report(entry: dict, elapsed: float, train_loss: float, result: dict) -> None:
    scores = "; ".join(f"{k} {v['loss']:.3f} {v['accuracy']:.4f}" for k, v in result.items())
    spent = f"{entry['tokens']:,} tokens, {elapsed:.0f} s, {entry['cpu']} of them computing"
    print(f"{entry['step']}: {spent}; train {train_loss:.3f}; {scores}", flush=True)


def check(args: argparse.Namespace) -> None:
    """Load the exported teacher as anyone would, measure it with more draws, renew its card."""
    model, tokenizer = teacher.load(args.out)
    result = Data(args, tokenizer, measure_only=True).measure(model, draws=10)
    print(json.dumps(result, indent=2))
    print(answers(model, tokenizer, PROBE))
    checkpoint = Checkpoint(args.teacher)
    for name in ("decayed.pt", "state.pt"):
        if (checkpoint.folder / name).exists():
            state, _ = checkpoint.load(name)
            exported = min(state["history"], key=lambda h: h["held-out, all [MASK]"]["loss"])
            sources = state["sources"]
            card = model_card(args.teacher, model, args.recipe, sources, exported, result)
            (args.out / "README.md").write_text(card)
            break


if __name__ == "__main__":
    options = parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    check(options) if options.check else train(options)
