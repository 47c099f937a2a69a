"""encoder.json: transformers' own BERT on a small batch, inside and out."""

import torch
from transformers import BertConfig, BertForMaskedLM

from common import flat, normal


def encoder() -> dict:
    """A 2-layer BertForMaskedLM on a [2, 5] batch whose second row ends in two [PAD]."""
    torch.manual_seed(1)
    settings = dict(
        vocab_size=11,
        hidden_size=8,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=7,
        type_vocab_size=2,
        layer_norm_eps=1e-12,
        hidden_act="gelu",
        pad_token_id=0,
    )
    config = BertConfig(**settings, attn_implementation="eager")
    model = BertForMaskedLM(config).double().eval()
    weights = {}
    with torch.no_grad():
        for key, value in model.named_parameters():  # the tied decoder is named once
            center = 1.0 if key.endswith("LayerNorm.weight") else 0.0
            value.copy_(center + normal(*value.shape, scale=0.5))
            weights[key] = flat(value)
    ids = torch.tensor([[2, 7, 5, 10, 3], [2, 9, 3, 0, 0]])
    attention_mask = (ids != 0).long()

    scores = {}

    def keep_scores(layer: int):
        def hook(module, args, kwargs, output):
            hidden = args[0] if args else kwargs["hidden_states"]  # [B, L, d]
            B, L, d = hidden.shape
            query, key = (
                project(hidden).view(B, L, 2, d // 2).transpose(1, 2)  # [B, H, L, d / H]
                for project in (module.query, module.key)
            )
            scores[layer] = query @ key.transpose(-1, -2) / (d // 2) ** 0.5  # [B, H, L, L]

        return hook

    for i, block in enumerate(model.bert.encoder.layer):
        block.attention.self.register_forward_hook(keep_scores(i), with_kwargs=True)
    with torch.no_grad():
        output = model(
            input_ids=ids,
            attention_mask=attention_mask,
            output_hidden_states=True,
            output_attentions=True,
        )
    # Unmasked scores and the mask must give Hugging Face's probabilities.
    minus = torch.where(attention_mask == 0, -torch.inf, 0.0).double()[:, None, None, :]
    for i, probabilities in enumerate(output.attentions):
        torch.testing.assert_close((scores[i] + minus).softmax(-1), probabilities)
    return {
        "config": settings,
        "weights": weights,
        "ids": ids.tolist(),
        "attentionMask": attention_mask.tolist(),
        "embeddings": flat(output.hidden_states[0]),  # [B, L, d], after LayerNorm
        "hiddenStates": [flat(h) for h in output.hidden_states[1:]],  # per layer [B, L, d]
        "attentionScores": [flat(scores[i]) for i in range(2)],  # QK^T / sqrt(d / H), unmasked
        "attentionProbabilities": [flat(a) for a in output.attentions],  # [B, H, L, L]
        "logits": flat(output.logits),  # [B, L, V]
    }
