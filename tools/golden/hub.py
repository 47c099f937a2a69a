"""hub.json: what transformers makes of the folders that src/interop/hub/ writes.

It loads each by its path as anybody would, and refuses what has a missing, an unexpected or a changed tensor. Kept are the
tensors that it expects, the ids that its tokenizer gives and the logits, for tests that have no Python; and the hashes of
the ONNX files that onnxruntime, which must be installed beside requirements.txt, has run with the same logits.
"""

import json
import subprocess
import tempfile
from pathlib import Path

import onnx
import onnxruntime
import torch
from safetensors.torch import load_file
from transformers import AutoModelForMaskedLM, AutoModelForSequenceClassification, AutoTokenizer

from common import few

ROOT = Path(__file__).resolve().parents[2]


def loaded(folder: Path, for_words: bool):
    kind = AutoModelForMaskedLM if for_words else AutoModelForSequenceClassification
    model, info = kind.from_pretrained(folder, output_loading_info=True)
    for fault, names in info.items():
        assert not names, f"{folder.name}: {fault}: {names}"
    assert next(model.parameters()).dtype == torch.float32
    return model.eval()


def own_tensors(model, folder: Path) -> dict:
    """Shapes of the tensors as transformers itself writes this model; ours are bit for bit the same."""
    with tempfile.TemporaryDirectory() as again:
        model.save_pretrained(again)
        theirs = load_file(Path(again) / "model.safetensors")
    ours = load_file(folder / "model.safetensors")
    assert theirs.keys() == ours.keys(), f"{folder.name}: {theirs.keys() ^ ours.keys()}"
    for name, tensor in theirs.items():
        assert torch.equal(tensor, ours[name]), f"{folder.name}: {name}"
    return {name: list(tensor.shape) for name, tensor in theirs.items()}


def read(model, tokenizer, texts: list[str]) -> dict:
    """One input, without padding; for words the logits are those at the first [MASK]."""
    inputs = tokenizer(*texts, return_tensors="pt")
    with torch.no_grad():
        logits = model(**inputs).logits[0]
    ids = inputs["input_ids"][0].tolist()
    if logits.dim() == 2:
        logits = logits[ids.index(tokenizer.mask_token_id)]
    segments = inputs.get("token_type_ids")
    return {
        "texts": texts,
        "ids": ids,
        **({} if segments is None else {"segments": segments[0].tolist()}),
        "logits": few(logits, 7),
    }


def padded(model, tokenizer, inputs: list[list[str]], read_alone: list[dict]) -> None:
    """All at once, padded, gives what each alone gives."""
    batch = tokenizer(*map(list, zip(*inputs)), return_tensors="pt", padding=True)
    with torch.no_grad():
        together = model(**batch).logits
    for ids, logits, alone in zip(batch["input_ids"], together, read_alone):
        if logits.dim() == 2:
            logits = logits[ids.tolist().index(tokenizer.mask_token_id)]
        torch.testing.assert_close(logits, torch.tensor(alone["logits"]), atol=1e-4, rtol=1e-4)


def run_onnx(folder: Path, tokenizer, inputs: list[list[str]], read_alone: list[dict]) -> None:
    """The ONNX file is valid and gives the same logits, alone and padded."""
    path = folder / "onnx/model.onnx"
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    wanted = {given.name for given in session.get_inputs()}
    together = tokenizer(*map(list, zip(*inputs)), return_tensors="np", padding=True)
    assert wanted == set(together), f"{wanted} {set(together)}"
    (all_logits,) = session.run(["logits"], dict(together))
    for texts, alone, padded_logits, ids in zip(inputs, read_alone, all_logits, together["input_ids"]):
        (logits,) = session.run(["logits"], dict(tokenizer(*texts, return_tensors="np")))
        for one in (logits[0], padded_logits):
            if one.ndim == 2:
                one = one[ids.tolist().index(tokenizer.mask_token_id)]
            torch.testing.assert_close(torch.tensor(one), torch.tensor(alone["logits"]), atol=1e-4, rtol=1e-4)


def hub() -> dict:
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(["npx", "tsx", "tools/golden/hub.ts", out], cwd=ROOT, check=True)
        cases = {}
        for case in json.loads((Path(out) / "index.json").read_text()):
            folder = Path(out) / case["folder"]
            config = json.loads((folder / "config.json").read_text())
            model = loaded(folder, "MaskedLM" in config["architectures"][0])
            tokenizer = AutoTokenizer.from_pretrained(folder)
            inputs = [read(model, tokenizer, texts) for texts in case["inputs"]]
            padded(model, tokenizer, case["inputs"], inputs)
            run_onnx(folder, tokenizer, case["inputs"], inputs)
            cases[case["name"]] = {
                "class": type(model).__name__,
                "tokenizer": type(tokenizer).__name__,
                "longest": tokenizer.model_max_length,
                "pad": model.config.pad_token_id,
                "labels": model.config.id2label if "SequenceClassification" in type(model).__name__ else None,
                "tensors": own_tensors(model, folder),
                "onnx": case["onnx"],
                "inputs": inputs,
            }
        return cases
