"""heads.json: transformers' own classifiers on pairs with padding, with and without dropout."""

import torch
import torch.nn.functional as F
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    DistilBertConfig,
    DistilBertForSequenceClassification,
)

from common import Drawn, few, flat

V, L, CLASSES = 13, 7, 3
SHAPE = dict(layers=2, hiddenSize=8, heads=2, intermediateSize=12, maxPositions=9)
RATE, SEED = 0.25, -1234567

# [CLS] 2, [SEP] 3: pairs of several lengths, and a single text.
IDS = [
    [2, 7, 5, 3, 10, 8, 3],
    [2, 9, 3, 6, 3, 0, 0],
    [2, 11, 12, 5, 3, 0, 0],
    [2, 4, 7, 9, 3, 12, 3],
]
SEGMENTS = [
    [0, 0, 0, 0, 1, 1, 1],
    [0, 0, 0, 1, 1, 0, 0],
    [0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 1, 1],
]
LABELS = [2, 0, 1, 2]

MASK32 = 2**32 - 1


def mixed(x: int) -> int:
    """Wellons' lowbias32."""
    x = ((x ^ (x >> 16)) * 0x7FEB352D) & MASK32
    x = ((x ^ (x >> 15)) * 0x846CA68B) & MASK32
    return x ^ (x >> 16)


def factors(seed: int, place: int, shape: torch.Size, rate: float) -> torch.Tensor:
    """What src/kernels/dropout/ draws, number by number in row-major order."""
    key = mixed(mixed(seed & MASK32) ^ (((place + 1) * 0x9E3779B9) & MASK32))
    least = int(rate * 2**32)
    kept = [0.0 if mixed(mixed(i) ^ key) < least else 1 / (1 - rate) for i in range(shape.numel())]
    return torch.tensor(kept, dtype=torch.float64).reshape(shape)


class OurDropout:
    """In place of PyTorch's dropout: its calls in order are our places."""

    def __init__(self, seed: int, rate: float) -> None:
        self.seed, self.rate, self.place = seed, rate, 0

    def __enter__(self) -> "OurDropout":
        self.own = F.dropout
        F.dropout = self.drop
        return self

    def __exit__(self, *_) -> None:
        F.dropout = self.own

    def drop(self, x: torch.Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> torch.Tensor:
        assert training and p == self.rate
        dropped = x * factors(self.seed, self.place, x.shape, p)
        self.place += 1
        return dropped


def drawn(model: torch.nn.Module, seed: int) -> torch.nn.Module:
    numbers = Drawn(seed)
    with torch.no_grad():
        for name, value in model.named_parameters():
            is_gain = name.endswith("weight") and "norm" in name.lower()
            value.copy_(numbers.tensor(*value.shape, scale=0.4, center=1.0 if is_gain else 0.0))
    return model


def measured(model: torch.nn.Module, **inputs) -> dict:
    logits = model(**inputs).logits
    loss = F.cross_entropy(logits, torch.tensor(LABELS))
    named = dict(model.named_parameters())
    gradients = torch.autograd.grad(loss, list(named.values()))
    return {
        "logits": flat(logits),  # [B, C]
        "loss": float(f"{loss.item():.9g}"),
        "gradients": {name: few(gradient) for name, gradient in zip(named, gradients)},
    }


def heads() -> dict:
    """Tiny models whose weights test/golden/drawn.ts draws again, by the seeds 1 (BERT) and 2 (DistilBERT)."""
    ids = torch.tensor(IDS)
    inputs = dict(input_ids=ids, attention_mask=(ids != 0).long())
    bert_config = BertConfig(
        vocab_size=V,
        hidden_size=SHAPE["hiddenSize"],
        num_hidden_layers=SHAPE["layers"],
        num_attention_heads=SHAPE["heads"],
        intermediate_size=SHAPE["intermediateSize"],
        max_position_embeddings=SHAPE["maxPositions"],
        type_vocab_size=2,
        num_labels=CLASSES,
        hidden_dropout_prob=RATE,
        attention_probs_dropout_prob=RATE,
        attn_implementation="eager",
    )
    bert = drawn(BertForSequenceClassification(bert_config).double(), 1)
    pairs = dict(inputs, token_type_ids=torch.tensor(SEGMENTS))
    distilbert_config = DistilBertConfig(
        vocab_size=V,
        dim=SHAPE["hiddenSize"],
        n_layers=SHAPE["layers"],
        n_heads=SHAPE["heads"],
        hidden_dim=SHAPE["intermediateSize"],
        max_position_embeddings=SHAPE["maxPositions"],
        num_labels=CLASSES,
        attn_implementation="eager",
    )
    distilbert = drawn(DistilBertForSequenceClassification(distilbert_config).double(), 2)
    with OurDropout(SEED, RATE) as dropping:
        dropped = measured(bert.train(), **pairs)
        assert dropping.place == 1 + 3 * SHAPE["layers"] + 1
    return {
        "shape": {**SHAPE, "vocabularySize": V},
        "classes": CLASSES,
        "ids": IDS,
        "segments": SEGMENTS,
        "labels": LABELS,
        "dropout": {"rate": RATE, "seed": SEED},
        "parameters": {
            "bert": {name: list(value.shape) for name, value in bert.named_parameters()},
            "distilbert": {name: list(value.shape) for name, value in distilbert.named_parameters()},
        },
        "cases": {
            "bert": measured(bert.eval(), **pairs),
            "bertDropping": dropped,
            "distilbert": measured(distilbert.eval(), **inputs),
        },
    }
