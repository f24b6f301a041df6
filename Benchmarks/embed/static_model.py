# SPDX-License-Identifier: Apache-2.0
"""Makes a Model2Vec folder of a BERT model's word embeddings: the shape of real ones, for speed alone."""

import json
import shutil

from safetensors.numpy import load_file, save_file

DIMENSION = 256


def make_static_model(source, target):
    """Writes the folder where it is not there yet."""
    if (target / "model.safetensors").exists():
        return target
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "tokenizer.json", target / "tokenizer.json")
    (target / "config.json").write_text(json.dumps({"model_type": "model2vec", "normalize": True, "hidden_dim": DIMENSION}))
    words = load_file(source / "model.safetensors")["embeddings.word_embeddings.weight"]
    save_file({"embeddings": words[:, :DIMENSION].copy()}, target / "model.safetensors")
    return target
