"""AdamW for everything, or Muon for the layers' matrices and AdamW for the rest.

Muon (Jordan et al. 2024) makes every update of a matrix orthogonal; scaled as in Liu et al. 2025
(Muon is Scalable for LLM Training, section 2.2), it takes AdamW's learning rates.
"""

import torch
from transformers import BertForMaskedLM


class Optimizers:
    def __init__(self, kind: str, model: BertForMaskedLM, lr: float):
        layers = list(model.bert.encoder.parameters()) if kind == "muon" else []
        matrices = [p for p in layers if p.ndim == 2]
        taken = {id(p) for p in matrices}
        rest = [p for p in model.parameters() if id(p) not in taken]
        self.all = [
            torch.optim.AdamW(rest, lr=lr, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        ]
        if matrices:
            self.all.append(
                torch.optim.Muon(
                    matrices, lr=lr, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"
                )
            )

    def step(self, rate: float) -> None:
        """One step at this learning rate; the gradients are gone then."""
        for optimizer in self.all:
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.step()
            optimizer.zero_grad()

    def state(self) -> list[dict]:
        return [optimizer.state_dict() for optimizer in self.all]

    def load(self, states: list[dict]) -> None:
        for optimizer, state in zip(self.all, states, strict=True):
            optimizer.load_state_dict(state)
