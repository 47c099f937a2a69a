"""Which text the teachers learn from, and what is kept from them.

A text is one story, one everyday sentence, one chapter: something whose sentences belong together.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

# Third-party text: (file in the folder --data, how its texts are parted).
THIRD_PARTY = {
    "tinystories": ("tinystories.txt", "line"),
    "tatoeba": ("tatoeba-english.txt", "line"),
    "more-tinystories": ("more/tinystories_cdla-sharing.txt", "blank line"),
    "more-tatoeba": ("more/tatoeba_sentences_cc-by-2.0.txt", "line"),
    "storybooks": ("more/storybooks_asp_pratham_cc-by.txt", "blank line"),
    "dialogues": ("more/dialogues_sgd_cc-by-sa-4.0.txt", "blank line"),
    "news": ("more/wikinews_simple_cc-by-2.5.txt", "blank line"),
    "books-1": ("more/books_children_1_pd.txt", "blank line"),
    "books-2": ("more/books_children_2_pd.txt", "blank line"),
    "books-boys": ("more/books_boys_series_pd.txt", "blank line"),
}
OWN = {"stories": "stories.txt", "everyday": "everyday.txt"}
TASKS = ("feelings.tsv", "topics.tsv", "same.tsv", "follows.tsv")


def read_own(path: Path) -> tuple[list[str], list[str]]:
    """Training and held-out texts; line i, counted from 0, is held out if i % 10 == 9."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    train = [line for i, line in enumerate(lines) if i % 10 != 9]
    held_out = [line for i, line in enumerate(lines) if i % 10 == 9]
    return train, held_out


def read_third_party(folder: Path, source: str) -> list[str]:
    """The texts of one source, each on one line."""
    name, parted = THIRD_PARTY[source]
    text = (folder / name).read_text("utf-8")
    if parted == "blank line":
        texts = re.split(r"\n\s*\n", text)
    else:
        # A blank line parts the paragraphs of a TinyStory, a mere line end two texts.
        texts = re.split(r"(?<!\n)\n(?!\n)", text)
    return [" ".join(text.split()) for text in texts if text.strip()]


def read_tasks(folder: Path) -> list[str]:
    """Every text of every task: `label<TAB>text` or `label<TAB>text<TAB>text`."""
    lines = [line for name in TASKS for line in (folder / name).read_text("utf-8").splitlines()]
    return [text for line in lines if line.strip() for text in line.split("\t")[1:]]


def split_sentences(text: str) -> list[str]:
    """Cut after . ! ? (with closing quotes or brackets) where a space follows."""
    return re.findall(r"\S.*?(?:[.!?]+[\"')\]]*(?=\s|$)|$)", text)


def normalise(sentence: str) -> str:
    """What two spellings of a sentence share: NFKC, lower case, single spaces, no quotes around."""
    return " ".join(unicodedata.normalize("NFKC", sentence).lower().split()).strip("\"'()[] ")


def sentences_of(texts: Iterable[str]) -> set[str]:
    """The normalised sentences of the texts, and the texts as wholes."""
    return {normalise(part) for text in texts for part in (text, *split_sentences(text))}


class Texts:
    """Training texts by source, and the held-out texts of our own.

    With `withhold`, no sentence that is held out, or that stands in a task (whose held-out part is
    another's business), is left in any training text, whoever wrote it.
    """

    def __init__(self, corpora: Path, data: Path | None, sources: Iterable[str], withhold: bool):
        self.train: dict[str, list[str]] = {}
        self.held_out: dict[str, list[str]] = {}
        for source in sources:
            if source in OWN:
                self.train[source], self.held_out[source] = read_own(corpora / OWN[source])
            elif data:
                self.train[source] = read_third_party(data, source)
        self.dropped = 0
        if withhold:
            held_out = [text for texts in self.held_out.values() for text in texts]
            withheld = sentences_of([*held_out, *read_tasks(corpora)])
            for source, texts in self.train.items():
                self.train[source] = self.without(texts, withheld)

    def without(self, texts: list[str], withheld: set[str]) -> list[str]:
        kept = []
        for text in texts:
            sentences = split_sentences(text)
            left = [s for s in sentences if normalise(s) not in withheld]
            self.dropped += len(sentences) - len(left)
            if left:
                kept.append(" ".join(left))
        return kept
