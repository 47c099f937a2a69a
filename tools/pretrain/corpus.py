"""Tokenizer, sequences and masks for pre-training.

Dimension letters: B sequences in a batch, L tokens in a sequence, N selected tokens.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from tokenizers import (
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

from texts import split_sentences

SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)
ASCII = [chr(c) for c in range(33, 127) if not chr(c).isupper()]
DIGITS = "00123456789"  # as one more text, so that ##0 to ##9 are pieces and numbers can be cut

LONG, SHORT = 64, 32  # tokens of a sequence, at most
SHORT_SHARE = 0.3  # of the texts, cut short in an epoch
MASK_SHARE = 0.15  # of the tokens, where a teacher is measured


def train_tokenizer(texts: list[str], vocab_size: int, whole: Iterable[str] = ()) -> Tokenizer:
    """BERT's uncased WordPiece. Every printable ASCII character is in the vocabulary.

    Fails if a word of `whole` has not become a single piece.
    """
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocab_size,
        min_frequency=2,
        special_tokens=SPECIAL_TOKENS,
        initial_alphabet=ASCII,
        continuing_subword_prefix="##",
        show_progress=False,
    )
    tokenizer.train_from_iterator([*texts, DIGITS], trainer)
    cut = [word for word in whole if tokenizer.token_to_id(word) is None]
    if cut:
        raise ValueError(f"no single pieces: {cut}; their text is missing or the vocabulary small")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", CLS), ("[SEP]", SEP)],
    )
    return tokenizer


def pack(sentences: list[np.ndarray], limit: int) -> list[list[np.ndarray]]:
    """Neighbouring sentences in groups of at most `limit` pieces."""
    groups, current, size = [], [], 0
    for sentence in sentences:
        for start in range(0, len(sentence), limit):  # only a sentence over the limit is cut
            chunk = sentence[start : start + limit]
            if current and size + len(chunk) > limit:
                groups.append(current)
                current, size = [], 0
            current.append(chunk)
            size += len(chunk)
    if current:
        groups.append(current)
    return groups


def as_sequence(group: list[np.ndarray], border: int | None = None) -> np.ndarray:
    """[CLS] ... [SEP]; with a border, a second segment begins at that sentence."""
    parts = group if border is None else [*group[:border], [SEP], *group[border:]]
    return np.concatenate([[CLS], *parts, [SEP]]).astype(np.int64)


def token_types(ids: np.ndarray) -> np.ndarray:
    """Segments of [B, L]: 1 after the first [SEP], 0 up to it."""
    seps = ids == SEP
    return np.minimum(np.cumsum(seps, axis=-1) - seps, 1)


class Sequences:
    """Texts as pieces, cut into sequences anew for every epoch."""

    def __init__(self, tokenizer: Tokenizer, texts: list[str]):
        split = [split_sentences(text) for text in texts]
        sentences = [sentence for text in split for sentence in text]
        encoded = iter(tokenizer.encode_batch_fast(sentences, add_special_tokens=False))
        self.texts = []
        for text in split:
            ids = [np.array(next(encoded).ids, dtype=np.uint16) for _ in text]
            self.texts.append([s for s in ids if UNK not in s])  # rare foreign signs

    def tokens(self) -> int:
        """Without the special ones."""
        return sum(len(sentence) for text in self.texts for sentence in text)

    def all_long(self) -> list[np.ndarray]:
        return [as_sequence(group) for text in self.texts for group in pack(text, LONG - 2)]

    def draw(self, weight: float, pair_share: float, rng: np.random.Generator) -> list[np.ndarray]:
        """An epoch's sequences: every text `weight` times, cut long or short by chance."""
        sequences = []
        for text, chance in zip(self.texts, rng.random(len(self.texts))):
            for _ in range(int(weight) + (chance < weight % 1)):
                limit = (SHORT if rng.random() < SHORT_SHARE else LONG) - 2
                pairs = len(text) > 1 and rng.random() < pair_share
                for group in pack(text, limit - 1 if pairs else limit):
                    border = len(group) // 2 if pairs and len(group) > 1 else None
                    sequences.append(as_sequence(group, border))
        return sequences


def make_batches(
    sequences: list[np.ndarray], tokens: int, rng: np.random.Generator
) -> list[np.ndarray]:
    """Batches [B, L] of sequences of exactly equal length, so that none needs padding.

    B * L is about `tokens`, less for a length's remainder.
    """
    by_length = defaultdict(list)
    for sequence in sequences:
        by_length[len(sequence)].append(sequence)
    batches = []
    for length, group in by_length.items():
        order = rng.permutation(len(group))
        size = max(1, tokens // length)
        for start in range(0, len(group), size):
            batches.append(np.stack([group[i] for i in order[start : start + size]]))
    return [batches[i] for i in rng.permutation(len(batches))]


@dataclass
class Masked:
    ids: np.ndarray  # [B, L], what the model sees
    types: np.ndarray  # [B, L], its segments
    positions: np.ndarray  # [N], selected places in the flattened [B * L]
    labels: np.ndarray  # [N], the true ids there


def mask_batch(
    batch: np.ndarray, vocab_size: int, rng: np.random.Generator, share: float, noise: float
) -> Masked:
    """Select `share` of the tokens of [B, L], never special ones.

    The selected become [MASK], except for `noise` of them: half of those a random token, half of
    them unchanged (BERT: 0.15, 0.2).
    """
    selected = (rng.random(batch.shape) < share) & (batch >= len(SPECIAL_TOKENS))
    positions = np.flatnonzero(selected)
    labels = batch.reshape(-1)[positions]
    kind = rng.random(len(positions))
    random = rng.integers(len(SPECIAL_TOKENS), vocab_size, len(positions))
    ids = batch.copy().reshape(-1)
    noisy = np.where(kind < 1 - noise / 2, random, labels)
    ids[positions] = np.where(kind < 1 - noise, MASK, noisy)
    return Masked(ids.reshape(batch.shape), token_types(batch), positions, labels)
