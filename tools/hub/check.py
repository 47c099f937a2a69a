"""Load folders that Stillroom wrote as anybody would, and say what comes of it.

    python tools/hub/check.py FOLDER [FOLDER ...]

Each is refused where transformers misses a tensor or finds one that it does not expect. What the model says of a sentence is
printed, and, where onnxruntime is installed, held to be what the ONNX file says. Needs tools/pretrain/requirements.txt.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForMaskedLM, AutoModelForSequenceClassification, AutoTokenizer

SENTENCE = "The dog ran to the [MASK]."


def check(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    fills_in = config["architectures"][0].endswith("MaskedLM")
    kind = AutoModelForMaskedLM if fills_in else AutoModelForSequenceClassification
    model, info = kind.from_pretrained(folder, output_loading_info=True)
    faults = {name: found for name, found in info.items() if found}
    if faults:
        sys.exit(f"{folder}: {faults}")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    inputs = tokenizer(SENTENCE, return_tensors="pt")
    with torch.no_grad():
        logits = model.eval()(**inputs).logits
    last = logits[0]
    if fills_in:
        last = last[inputs["input_ids"][0].tolist().index(tokenizer.mask_token_id)]
    names = tokenizer.convert_ids_to_tokens if fills_in else lambda ids: [model.config.id2label[i] for i in ids]
    best = last.softmax(-1).topk(min(5, last.numel()))
    said = ", ".join(f"{name} {p:.3f}" for name, p in zip(names(best.indices.tolist()), best.values.tolist()))
    print(f"{folder}: {type(model).__name__}, {type(tokenizer).__name__}: {said}")
    run_onnx(folder / "onnx/model.onnx", tokenizer, logits)


def run_onnx(path: Path, tokenizer, logits: torch.Tensor) -> None:
    if not path.exists():
        return print("  no ONNX file")
    try:
        import onnxruntime
    except ImportError:
        return print("  onnxruntime is not installed")
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (found,) = session.run(["logits"], dict(tokenizer(SENTENCE, return_tensors="np")))
    error = (torch.tensor(found) - logits).abs().max().item()
    print(f"  ONNX: logits differ by {error:.1e} at most")
    if error > 1e-4:
        sys.exit("That is too much.")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in sys.argv[1:]:
        check(Path(name))
