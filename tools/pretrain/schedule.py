"""Learning rates over a training.

`cosine`: linear warm-up over the first 5 % of a fixed length, then a cosine down to 0.
`stable`: linear warm-up, then constant for as long as there is time; a decay, begun whenever it
suits, goes linearly to 0 (warmup-stable-decay: Hu et al. 2024, MiniCPM, section 4).
"""

import math
from dataclasses import dataclass

WARM_UP = 300  # steps, of `stable`


@dataclass
class Schedule:
    kind: str
    peak: float
    steps: int | None  # the length of the cosine or of the decay; None: stable, without an end
    minutes: float | None  # ends it earlier, by the clock
    begin: tuple[int, float]  # step and seconds at which it began
    warm_from: int = 0  # step from which a stable one warms up

    def progress(self, step: int, elapsed: float) -> float:
        """How much of it is done, by steps or by the clock; 1 is its end."""
        by_steps = (step - self.begin[0]) / self.steps if self.steps else 0.0
        by_clock = (elapsed - self.begin[1]) / 60 / self.minutes if self.minutes else 0.0
        return max(by_steps, by_clock)

    def rate(self, step: int, progress: float) -> float:
        if self.kind == "cosine":
            if progress < 0.05:
                return self.peak * progress / 0.05
            return self.peak * 0.5 * (1 + math.cos(math.pi * (progress - 0.05) / 0.95))
        warm = min(1.0, (step - self.warm_from + 1) / WARM_UP)
        return self.peak * warm * (max(0.0, 1 - progress) if self.steps else 1.0)
