"""Texts, tokenizer, sequences and masks for pre-training.

Dimension letters: B sequences in a batch, L tokens in a sequence, N selected tokens.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

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

SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)
ASCII = [chr(c) for c in range(33, 127) if not chr(c).isupper()]
DIGITS = "00123456789"  # as one more text, so that ##0 to ##9 are pieces and numbers can be cut

MAX_PIECES = 62  # a sequence of 64 tokens without [CLS] and [SEP]
SHORT_PIECES = 30  # the same for 32 tokens
SHORT_SHARE = 0.3  # of the texts, cut short in an epoch
MASK_SHARE = 0.15


def read_stories(path: Path) -> tuple[list[str], list[str]]:
    """Training and held-out stories; line i, counted from 0, is held out if i % 10 == 9."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    train = [line for i, line in enumerate(lines) if i % 10 != 9]
    held_out = [line for i, line in enumerate(lines) if i % 10 == 9]
    return train, held_out


def read_third_party(folder: Path) -> list[str]:
    """TinyStories and Tatoeba (a sentence a line).

    In TinyStories' file a blank line parts the paragraphs of a story, a mere line end two stories.
    """
    stories = re.split(r"(?<!\n)\n(?!\n)", (folder / "tinystories.txt").read_text("utf-8"))
    sentences = (folder / "tatoeba-english.txt").read_text("utf-8").splitlines()
    return [" ".join(text.split()) for text in stories + sentences if text.strip()]


def train_tokenizer(texts: list[str], vocab_size: int) -> Tokenizer:
    """BERT's uncased WordPiece. Every printable ASCII character is in the vocabulary."""
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
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", CLS), ("[SEP]", SEP)],
    )
    return tokenizer


def split_sentences(text: str) -> list[str]:
    """Cut after . ! ? (with closing quotes or brackets) where a space follows."""
    return re.findall(r"\S.*?(?:[.!?]+[\"')\]]*(?=\s|$)|$)", text)


def pack(sentences: list[list[int]], limit: int) -> list[np.ndarray]:
    """Whole sentences of one text into sequences of at most `limit` pieces; [CLS] ... [SEP]."""
    sequences, current = [], []
    for sentence in sentences:
        for start in range(0, len(sentence), limit):  # only a sentence over the limit is cut
            chunk = sentence[start : start + limit]
            if len(current) + len(chunk) > limit:
                sequences.append(current)
                current = []
            current = current + chunk
    sequences.append(current)
    return [np.array([CLS, *ids, SEP], dtype=np.int64) for ids in sequences if ids]


class Sequences:
    """All texts, cut once to 64 and once to 32 tokens."""

    def __init__(self, tokenizer: Tokenizer, texts: list[str]):
        split = [split_sentences(text) for text in texts]
        sentences = [sentence for text in split for sentence in text]
        encoded = iter(tokenizer.encode_batch(sentences, add_special_tokens=False))
        self.long, self.short = [], []
        for text in split:
            ids = [next(encoded).ids for _ in text]
            ids = [sentence for sentence in ids if UNK not in sentence]  # rare foreign signs
            self.long.append(pack(ids, MAX_PIECES))
            self.short.append(pack(ids, SHORT_PIECES))

    def tokens(self) -> int:
        return sum(len(sequence) for sequence in self.all_long())

    def all_long(self) -> list[np.ndarray]:
        return [sequence for text in self.long for sequence in text]

    def draw(self, rng: np.random.Generator) -> list[np.ndarray]:
        """One epoch's sequences: every text cut long or short by chance."""
        short = rng.random(len(self.long)) < SHORT_SHARE
        chosen = [self.short[i] if s else self.long[i] for i, s in enumerate(short)]
        return [sequence for text in chosen for sequence in text]


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
    positions: np.ndarray  # [N], selected places in the flattened [B * L]
    labels: np.ndarray  # [N], the true ids there


def mask_batch(
    batch: np.ndarray, vocab_size: int, rng: np.random.Generator, all_masked: bool = False
) -> Masked:
    """Select 15 % of the tokens of [B, L], never special ones.

    Of the selected, 80 % become [MASK], 10 % a random token, 10 % stay; or all become [MASK].
    """
    selected = (rng.random(batch.shape) < MASK_SHARE) & (batch >= len(SPECIAL_TOKENS))
    positions = np.flatnonzero(selected)
    labels = batch.reshape(-1)[positions]
    kind = np.zeros(len(positions)) if all_masked else rng.random(len(positions))
    noise = rng.integers(len(SPECIAL_TOKENS), vocab_size, len(positions))
    ids = batch.copy().reshape(-1)
    ids[positions] = np.where(kind < 0.8, MASK, np.where(kind < 0.9, noise, labels))
    return Masked(ids.reshape(batch.shape), positions, labels)
