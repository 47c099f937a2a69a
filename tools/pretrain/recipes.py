"""How each teacher is trained: its text, masks and learning rate."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """`weights`: passes over each source in an epoch (0.25: a new quarter each time)."""

    weights: dict[str, float]
    vocabulary: tuple[str, ...] = ("stories",)  # sources whose training texts give the pieces
    whole: tuple[str, ...] = ()  # words that have to be single pieces
    withhold: bool = False  # keep the sentences of the tasks out, see texts.py
    schedule: str = "cosine"  # or "stable", see pretrain.py
    optimizer: str = "adamw"  # or "muon", see optimizers.py
    lr: float = 2e-3
    batch_tokens: int = 4096
    mask_share: float = 0.15  # of the tokens, selected for prediction
    noise: float = 0.2  # of the selected: half of it a random token, half of it left as it is
    pair_share: float = 0.0  # of the sequences, cut into two segments with token types 0 and 1


STORIES = Recipe(weights={"stories": 3, "tinystories": 1, "tatoeba": 1})

# The measure is plain modern English, so the old books, a third-party majority, count least; an
# epoch has about 6 M tokens, a quarter of them our stories. All selected tokens become [MASK], as
# the playground shows them, and more are selected than measured: a prediction more costs little.
EVERYDAY = Recipe(
    weights={
        "stories": 8,
        "everyday": 6,
        "tinystories": 1,
        "more-tinystories": 1,
        "storybooks": 1.5,
        "tatoeba": 1,
        "more-tatoeba": 0.4,
        "dialogues": 0.25,
        "news": 0.25,
        "books-1": 0.12,
        "books-2": 0.08,
        "books-boys": 0.15,
    },
    vocabulary=("stories", "everyday"),
    whole=("movie", "tv", "baseball", "mma"),
    withhold=True,
    schedule="stable",
    optimizer="muon",
    mask_share=0.2,
    noise=0.0,
    pair_share=0.15,
)

RECIPES = {
    "stories-4x128": STORIES,
    "stories-4x32": Recipe(weights=STORIES.weights, lr=4e-3),
    "everyday-4x128": EVERYDAY,
    "base-4x256": EVERYDAY,
}
