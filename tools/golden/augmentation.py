"""augmentation.json: TinyBERT's augmentation on a fixed case, in probabilities.

The authors' program, in our own words: for every word that is letters alone and no stop word, candidates once: of one
piece, the K most probable tokens at its masked place; of several, the K nearest of the word vectors, itself left out.
Then, for each try, every such word draws a candidate with equal chance and takes its place with probability p. What is
written down is not drawn but exact: how likely each word becomes each other one in a try, and how likely a try changes
nothing. The teacher is the bundled stories-4x32, in float64.
"""

from pathlib import Path

import torch
from transformers import BertForMaskedLM, PreTrainedTokenizerFast

from common import normal

TEACHER = Path(__file__).resolve().parents[2] / "public/teachers/stories-4x32"
TEXT = "My brother watched the clouds above the village, and Anna laughed."
STOP = {"my", "the", "above", "and"}
K = 15
P = 0.4
# Vectors of a few words, so that those of several pieces have neighbours.
WORDS = ["village", "brother", "clouds", "laughed", "town", "sky", "watched", "smiled", "rain", "street", "anna", "river",
         "house", "cried", "saw", "storm", "city", "garden"]


def digits(values: list[float], count: int = 9) -> list[float]:
    return [float(f"{value:.{count}g}") for value in values]


def augmentation() -> dict:
    torch.manual_seed(9)
    model = BertForMaskedLM.from_pretrained(TEACHER, dtype=torch.float64).eval()
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(TEACHER / "tokenizer.json"))
    ids_of = tokenizer.get_vocab()
    words_of = tokenizer.convert_ids_to_tokens
    vectors = normal(len(WORDS), 6)
    unit = vectors / vectors.norm(dim=1, keepdim=True)

    text = TEXT.lower()
    cut = [word for word, _ in tokenizer.backend_tokenizer.pre_tokenizer.pre_tokenize_str(text)]
    pieces = [tokenizer.encode(word, add_special_tokens=False) for word in cut]
    places = []
    for i, word in enumerate(cut):
        if not word.isalpha() or word in STOP:
            continue
        place = {"word": word, "pieces": pieces[i]}
        if len(pieces[i]) > 1:
            place["source"] = "vectors"
            near = []
            if word in WORDS:
                cosines = unit @ unit[WORDS.index(word)]
                cosines[WORDS.index(word)] = -torch.inf
                best = cosines.topk(min(K, len(WORDS) - 1))
                near = list(zip([WORDS[j] for j in best.indices], digits(best.values.tolist())))
            place["candidates"] = [{"word": one, "score": score} for one, score in near]
        else:
            place["source"] = "teacher"
            before = [piece for word_pieces in pieces[:i] for piece in word_pieces]
            after = [piece for word_pieces in pieces[i + 1 :] for piece in word_pieces]
            masked = [ids_of["[CLS]"], *before, ids_of["[MASK]"], *after, ids_of["[SEP]"]]
            with torch.no_grad():
                logits = model(input_ids=torch.tensor([masked])).logits[0, 1 + len(before)]
            best = logits.softmax(-1).topk(K)
            place["query"] = masked
            place["guesses"] = {"ids": best.indices.tolist(), "probabilities": digits(best.values.tolist())}
            # Words alone, as in the paper; the program leaves out continuing pieces and keeps signs.
            place["candidates"] = [
                {"word": words_of(one), "score": score}
                for one, score in zip(best.indices.tolist(), digits(best.values.tolist()))
                if words_of(one).isalpha()
            ]
        others = [one["word"] for one in place["candidates"] if one["word"] != word]
        each = P / len(place["candidates"]) if place["candidates"] else 0.0
        place["becomes"] = {other: each for other in others}
        place["changes"] = each * len(others)
        places.append(place)

    unchanged = 1.0
    for place in places:
        unchanged *= 1 - place["changes"]
    return {
        "text": TEXT,
        "candidates": K,
        "probability": P,
        "vectors": {"words": WORDS, "dimension": 6, "values": vectors.flatten().tolist()},
        "places": places,
        "unchanged": unchanged,
        "expectedChanges": sum(place["changes"] for place in places),
    }
