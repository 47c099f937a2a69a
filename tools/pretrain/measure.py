"""Masked-word predictions and how good they are.

Dimension letters: B sequences, L tokens in one, N selected tokens, V vocabulary, d hidden size.
"""

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import corpus


def predict(model, masked: corpus.Masked) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits [N, V] at the selected places only, and labels [N]. Batches have no padding."""
    ids, types = torch.from_numpy(masked.ids), torch.from_numpy(masked.types)  # [B, L]
    hidden = model.bert(ids, token_type_ids=types).last_hidden_state  # [B, L, d]
    selected = hidden.flatten(0, 1)[torch.from_numpy(masked.positions)]  # [N, d]
    return model.cls(selected), torch.from_numpy(masked.labels)


@torch.no_grad()
def evaluate(model, sequences: list[np.ndarray], draws: int, noise: float) -> dict:
    """Masked-word loss and accuracy over `draws` seeded selections of every sequence."""
    model.eval()
    rng = np.random.default_rng(2024)
    loss = correct = count = 0
    for _ in range(draws):
        for batch in corpus.make_batches(sequences, 8192, rng):
            size = model.config.vocab_size
            masked = corpus.mask_batch(batch, size, rng, corpus.MASK_SHARE, noise)
            if len(masked.labels) == 0:
                continue
            logits, labels = predict(model, masked)
            loss += F.cross_entropy(logits, labels, reduction="sum").item()
            correct += (logits.argmax(-1) == labels).sum().item()
            count += len(labels)
    model.train()
    return {"loss": loss / count, "accuracy": correct / count}


@torch.no_grad()
def answers(model, tokenizer: Tokenizer, text: str, count: int = 8) -> str:
    """The likeliest pieces at the [MASK] of the text, with their probabilities."""
    ids = tokenizer.encode(text).ids
    place = np.array([ids.index(corpus.MASK)])
    masked = corpus.Masked(np.array([ids]), np.zeros((1, len(ids)), int), place, place)
    logits, _ = predict(model, masked)
    likeliest = zip(*(values.tolist() for values in logits.softmax(-1)[0].topk(count)))
    return ", ".join(f"{tokenizer.id_to_token(piece)} {p:.3f}" for p, piece in likeliest)
