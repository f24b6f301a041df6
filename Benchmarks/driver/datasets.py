# SPDX-License-Identifier: Apache-2.0
"""The data sets: where they are, or how they are made."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from driver.categories import choose_categories
from driver.environment import swift_binary
from driver.log import say
from driver.paths import BENCHMARKS, DATA, ROOT

_WORDNET = "wordnet-30k"
_WHOLE_WORDNET = "wordnet-116k"
_CLUSTERED = re.compile(r"clustered-(\d+)k-(\d+)")


@dataclass(frozen=True)
class Dataset:
    name: str
    folder: Path
    metric: str = "cosine"
    labels: Optional[Path] = None

    def arguments(self):
        """The data options of `vectorstore-bench compare`."""
        files = {"--base": "base.fvecs", "--query": "query.fvecs", "--groundtruth": "groundtruth.ivecs"}
        located = [text for option, name in files.items() for text in (option, str(self.folder / name))]
        return [*located, "--dataset", self.name, "--metric", self.metric]

    def filter_arguments(self, selectivities, with_random):
        """The filter options: categories about as large as the selectivities say, and random rows; these alone where there are no categories."""
        arguments = []
        if selectivities and (with_random or not self.labels):
            arguments += ["--filter-selectivity", ",".join(f"{value:g}" for value in selectivities)]
        if selectivities and self.labels:
            arguments += ["--filter-labels", str(self.labels), "--filter-values", ",".join(choose_categories(self.labels, selectivities))]
        return arguments


def check_name(name):
    """Raises ValueError where no such set can be had."""
    if name not in (_WORDNET, _WHOLE_WORDNET) and not _CLUSTERED.fullmatch(name):
        raise ValueError(f"'{name}' is no data set; there are {_WORDNET}, {_WHOLE_WORDNET} and clustered-ROWSk-DIM, such as clustered-100k-768")


def prepare(name, python, wordnet):
    """The set, made where it is missing; None, with a message, where it can't be had."""
    if name == _WORDNET:
        return _prepare_wordnet(python, wordnet)
    return _prepare_whole_wordnet(python) if name == _WHOLE_WORDNET else _prepare_clustered(name, python)


def _prepare_wordnet(python, given):
    folder = next((place for place in (given, given and given / _WORDNET) if place and (place / "base.fvecs").is_file()), None)
    if not folder:
        say(f"left out: {_WORDNET}. Give its folder by --wordnet DIR or the environment's VECTORSTORE_DATA.")
        return None
    labels = DATA / _WORDNET / "categories.txt"
    documents = folder / "base.jsonl"
    if not labels.is_file() and documents.is_file():
        _generate(python, "labels", "--documents", str(documents), "--out", str(labels))
    return Dataset(_WORDNET, folder, labels=labels if labels.is_file() else None)


def _prepare_whole_wordnet(python):
    """All of WordNet, embedded here by our own model runner: the vectors of wordnet-30k are of the same model."""
    folder = DATA / _WHOLE_WORDNET
    model = subprocess.run([str(ROOT / "scripts" / "fetch-model")], stdout=subprocess.PIPE, text=True, check=False)
    command = swift_binary("native", build=True, product="vectorstore")
    if model.returncode or not command:
        say(f"left out: {_WHOLE_WORDNET}. It needs the model of scripts/fetch-model, and the command vectorstore.")
        return None
    _generate(python, "wordnet", "--if-missing", "--out", str(folder), "--command", str(command), "--embedder", f"local:{model.stdout.strip()}")
    return Dataset(_WHOLE_WORDNET, folder, labels=folder / "categories.txt")


def _prepare_clustered(name, python):
    thousands, dimension = (int(number) for number in _CLUSTERED.fullmatch(name).groups())
    folder = DATA / name
    rows = thousands * 1000
    options = {"--rows": rows, "--dim": dimension, "--queries": min(1000, rows // 20), "--clusters": max(50, min(3000, rows // 33))}
    texts = [str(part) for option in options.items() for part in option]
    _generate(python, "clustered", "--if-missing", "--out", str(folder), *texts)
    return Dataset(name, folder, labels=folder / "categories.txt")


def _generate(python, *arguments):
    subprocess.run([str(python), str(BENCHMARKS / "generate.py"), *arguments], check=True)
