"""The teachers' sizes, and their files in the form Hugging Face reads."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertForMaskedLM

# Initial weights are wider than BERT's 0.02 because the layers are narrower than BERT's 768.
SIZES = {
    "stories-4x128": dict(
        vocab_size=2048,
        hidden_size=128,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=512,
        initializer_range=0.05,
    ),
    "stories-4x32": dict(
        vocab_size=1024,
        hidden_size=32,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=128,
        initializer_range=0.1,
    ),
    "everyday-4x128": dict(
        vocab_size=4096,
        hidden_size=128,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=512,
        initializer_range=0.05,
    ),
    "base-4x256": dict(
        vocab_size=4096,
        hidden_size=256,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=1024,
        initializer_range=0.04,
    ),
}

COMMON = dict(
    hidden_act="gelu",
    max_position_embeddings=64,
    type_vocab_size=2,
    layer_norm_eps=1e-12,
    pad_token_id=0,
    tie_word_embeddings=True,
)


def build(
    name: str, vocab_size: int, dropout: float = 0.0, layers: int | None = None
) -> BertForMaskedLM:
    """`layers`: fewer than the teacher will have, see `grow`."""
    settings = {**COMMON, **SIZES[name], "vocab_size": vocab_size}
    settings["num_hidden_layers"] = layers or settings["num_hidden_layers"]
    config = BertConfig(
        **settings,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        attn_implementation="eager",  # faster than sdpa on a CPU
    )
    return BertForMaskedLM(config)


def grow(weights: dict[str, torch.Tensor], layers: int) -> dict[str, torch.Tensor]:
    """Weights of a deeper model: the layers stacked on themselves until there are `layers`.

    Gong et al. 2019, Efficient Training of BERT by Progressively Stacking.
    """
    prefix = "bert.encoder.layer."
    depth = 1 + max(int(key.split(".")[3]) for key in weights if key.startswith(prefix))
    grown = {key: value for key, value in weights.items() if not key.startswith(prefix)}
    for key, value in weights.items():
        if key.startswith(prefix):
            first, name = key.removeprefix(prefix).split(".", 1)
            for layer in range(int(first), layers, depth):
                grown[f"{prefix}{layer}.{name}"] = value.clone()
    return grown


def export(
    model: BertForMaskedLM, tokenizer: Tokenizer, folder: Path, name: str, card: str | None
) -> None:
    """Write config.json, tokenizer.json, model.safetensors (float16) and the model card."""
    folder.mkdir(parents=True, exist_ok=True)
    # The decoder's matrix and bias are the token embeddings and cls.predictions.bias.
    tensors = {
        key: value.detach().to(torch.float16).contiguous().clone()
        for key, value in model.state_dict().items()
        if not key.startswith("cls.predictions.decoder.") and not key.endswith("position_ids")
    }
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    config = {
        "architectures": ["BertForMaskedLM"],
        "model_type": "bert",
        **COMMON,
        **SIZES[name],
        "vocab_size": model.config.vocab_size,
        "num_hidden_layers": model.config.num_hidden_layers,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "dtype": "float16",
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    tokenizer.save(str(folder / "tokenizer.json"))
    if card is not None:
        (folder / "README.md").write_text(card)


def load(folder: Path) -> tuple[BertForMaskedLM, Tokenizer]:
    """Load an exported teacher, in float32; fail on missing or unexpected weights."""
    model, report = BertForMaskedLM.from_pretrained(
        folder, dtype=torch.float32, output_loading_info=True
    )
    problems = {key: value for key, value in report.items() if value}
    if problems:
        raise ValueError(f"{folder}: {problems}")
    return model, Tokenizer.from_file(str(folder / "tokenizer.json"))
