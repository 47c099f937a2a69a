"""The model card written beside each exported teacher."""

from transformers import BertForMaskedLM



from recipes import Recipe

ORIGINS = {
    "stories": "Stillroom's stories (CC0 1.0; every tenth one held out)",
    "everyday": "Stillroom's everyday sentences (CC0 1.0; every tenth one held out)",
    "tinystories": "about 1,000 TinyStories (Eldan and Li 2023, CDLA-Sharing-1.0)",
    "more-tinystories": "650 more of them",
    "tatoeba": "English sentences of Tatoeba (its contributors, CC BY 2.0 FR)",
    "more-tatoeba": "200,000 more of them",
    "storybooks": "African Storybook and Pratham Books (CC BY)",
    "dialogues": "Schema-Guided Dialogues (Google, CC BY-SA 4.0)",
    "news": "English Wikinews, its simplest part (CC BY 2.5)",
    "books-1": "children's books of about 1900 (public domain in the USA)",
    "books-2": "more of them",
    "books-boys": "boys' series of about 1900 (public domain in the USA)",
}


def model_card(
    name: str,
    model: BertForMaskedLM,
    recipe: Recipe,
    sources: list[str],
    training: dict,
    result: dict,
) -> str:
    """`sources`: what there was of the recipe's; `training`: the model's entry in the history."""
    config = model.config
    rows = "\n".join(
        f"| {what} | {score['accuracy']:.3f} | {score['loss']:.3f} |"
        for what, score in result.items()
    )
    text = "\n".join(f"  - {ORIGINS[source]}: {recipe.weights[source]:g}" for source in sources)
    pieces = " and ".join(recipe.vocabulary)
    masks = "80/10/10" if recipe.noise else "all shown as [MASK]"
    return f"""# {name}

A small BERT that predicts masked words, trained from scratch for Stillroom as a teacher for
knowledge distillation in a browser.

- Shape: {config.num_hidden_layers} layers, hidden size {config.hidden_size}, \
{config.num_attention_heads} heads, intermediate size {config.intermediate_size}, \
vocabulary {config.vocab_size},
  at most {config.max_position_embeddings} tokens; {sum(p.numel() for p in model.parameters()):,} \
parameters, stored as float16.
- Text, with the passes over each in an epoch; of these, only Stillroom's own is part of this
  repository:
{text}
- Tokenizer: uncased WordPiece, trained on the training part of: {pieces}.
- Training: {training["step"]:,} steps, {training["tokens"] / 1e6:.1f} M tokens, {recipe.mask_share:.0%} of them \
masked afresh
  each time ({masks}); {training["cpu"] / 60:.0f} minutes of CPU time. See `tools/pretrain/`.
- Language: plain English of short children's stories. It knows little else, and its guesses can
  repeat the habits and gaps of these texts.
- Load it with `BertForMaskedLM.from_pretrained` (the decoder is tied to the token embeddings).

## Figures

| masked words | accuracy | loss |
| --- | --- | --- |
{rows}

Measured by `tools/pretrain`: seeded draws of 15 % of the tokens, never special ones, on
the held-out texts and on as many training stories; the loss is in nats per masked token.
"""
