# SPDX-License-Identifier: Apache-2.0
"""WordNet 3.0's glosses as documents: real sentences with a real category each.

Read from the database files that Debian's package `wordnet-base` brings; their layout is in wndb(5WN), the numbers of the
lexicographer files, which are the categories, in lexnames(5WN).
"""

import random
from pathlib import Path

_PARTS = ("noun", "verb", "adj", "adv")
_LEXICOGRAPHER_FILES = (
    "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition noun.communication noun.event "
    "noun.feeling noun.food noun.group noun.location noun.motive noun.object noun.person noun.phenomenon noun.plant noun.possession noun.process "
    "noun.quantity noun.relation noun.shape noun.state noun.substance noun.time verb.body verb.change verb.cognition verb.communication "
    "verb.competition verb.consumption verb.contact verb.creation verb.emotion verb.motion verb.perception verb.possession verb.social verb.stative "
    "verb.weather adj.ppl"
).split()


class WordNetError(ValueError):
    """A folder or a line that is not WordNet's."""


def read_documents(folder, seed):
    """Every synset as {"id", "content": "lemma: gloss", "metadata": {"lemma", "pos", "category"}}, in a shuffled order."""
    documents = []
    for part in _PARTS:
        path = Path(folder) / f"data.{part}"
        if not path.is_file():
            raise WordNetError(f"{path}: there is no such file; Debian's package wordnet-base has it")
        with open(path, encoding="utf-8") as lines:
            # The licence stands first, in lines that begin with blanks.
            documents += [_document(line, part, path) for line in lines if not line.startswith("  ")]
    random.Random(seed).shuffle(documents)
    return documents


def _document(line, part, path):
    data, bar, gloss = line.partition(" | ")
    fields = data.split(" ", 5)
    try:
        offset, kind, lemma = fields[0], fields[2], fields[4]
        category = _LEXICOGRAPHER_FILES[int(fields[1])]
    except (IndexError, ValueError):
        raise WordNetError(f"{path}: this line is no synset: {line[:60]!r}") from None
    if not bar:
        raise WordNetError(f"{path}: synset {offset} has no gloss")
    # An adjective's place in the sentence, such as (p), is a mark and no part of the word.
    lemma = lemma.partition("(")[0].replace("_", " ")
    return {"id": kind + offset, "content": f"{lemma}: {gloss.strip()}", "metadata": {"lemma": lemma, "pos": part, "category": category}}
