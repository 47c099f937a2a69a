"""The model card written beside each exported teacher."""

from transformers import BertForMaskedLM


def model_card(
    name: str, model: BertForMaskedLM, steps: int, seconds: float, result: dict, third_party: bool
) -> str:
    config = model.config
    rows = "\n".join(
        f"| {what} | {score['accuracy']:.3f} | {score['loss']:.3f} |"
        for what, score in result.items()
    )
    text = "Stillroom's stories (CC0 1.0; every tenth one held out)"
    if third_party:
        text += (
            ", the first ~1,000 TinyStories\n"
            "  (Eldan and Li 2023, CDLA-Sharing-1.0) and English sentences of Tatoeba (its\n"
            "  contributors, CC BY 2.0 FR). The latter two are not part of this repository"
        )
    return f"""# {name}

A small BERT that predicts masked words, trained from scratch for Stillroom as a teacher for
knowledge distillation in a browser.

- Shape: {config.num_hidden_layers} layers, hidden size {config.hidden_size}, \
{config.num_attention_heads} heads, intermediate size {config.intermediate_size}, \
vocabulary {config.vocab_size},
  at most {config.max_position_embeddings} tokens; {sum(p.numel() for p in model.parameters()):,} \
parameters, stored as float16.
- Text: {text}.
- Tokenizer: uncased WordPiece, trained on the training stories only.
- Training: {steps:,} steps of about 4,096 tokens, 15 % of them masked afresh each time
  (80/10/10); {seconds / 60:.0f} minutes on a CPU. See `tools/pretrain/`.
- Language: plain English of short children's stories. It knows little else, and its guesses can
  repeat the habits and gaps of these texts.
- Load it with `BertForMaskedLM.from_pretrained` (the decoder is tied to the token embeddings).

## Figures

| masked words | accuracy | loss |
| --- | --- | --- |
{rows}

Measured by `tools/pretrain`: seeded draws of 15 % of the tokens, never special ones, on the held-out stories and on as many
training stories; the loss is in nats per masked token.
"""
