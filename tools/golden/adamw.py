"""adamw.json: the optimiser alone."""

import torch

from common import flat, normal


def adamw() -> dict:
    """Five steps of AdamW on three parameters, the gradients clipped to norm 0.5 before."""
    torch.manual_seed(3)
    parameters = [torch.nn.Parameter(normal(*shape)) for shape in [(3, 5), (7,), (2, 3, 1)]]
    initial = [flat(p) for p in parameters]
    settings = {"beta1": 0.9, "beta2": 0.98, "epsilon": 1e-6, "weightDecay": 0.01, "clipNorm": 0.5}
    optimizer = torch.optim.AdamW(parameters, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.01)
    steps = []
    for step in range(5):
        # The third step's gradients are small: its norm is under the limit and stays as it is.
        scale = 0.02 if step == 2 else 1.0
        gradients = [normal(*p.shape, scale=scale) for p in parameters]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient.clone()
        norm = torch.nn.utils.clip_grad_norm_(parameters, 0.5)
        lr = round(0.01 * (5 - step) / 5, 6)
        for group in optimizer.param_groups:
            group["lr"] = lr
        optimizer.step()
        steps.append(
            {
                "learningRate": lr,
                "gradients": [flat(g) for g in gradients],
                "gradientNorm": float(f"{norm.item():.12g}"),
                "parameters": [flat(p) for p in parameters],
            }
        )
    return {"settings": settings, "initial": initial, "steps": steps}
