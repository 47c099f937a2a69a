"""What a training needs to go on."""

from pathlib import Path

import torch
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent


class Checkpoint:
    """State and tokenizer, in a folder that git ignores.

    A decay reads the stable phase's state and leaves it as it is, so that training can go on.
    """

    def __init__(self, name: str):
        self.folder = HERE / ".checkpoints" / name
        self.folder.mkdir(parents=True, exist_ok=True)
        (HERE / ".checkpoints" / ".gitignore").write_text("*\n")
        self.tokenizer_path = self.folder / "tokenizer.json"

    def load(self, name: str = "state.pt") -> tuple[dict, Tokenizer]:
        return torch.load(self.folder / name), Tokenizer.from_file(str(self.tokenizer_path))

    def save(self, tokenizer: Tokenizer, name: str, state: dict) -> None:
        tokenizer.save(str(self.tokenizer_path))
        partial = self.folder / "state.partial"
        torch.save(state, partial)
        partial.replace(self.folder / name)
