# SPDX-License-Identifier: Apache-2.0
"""Other settings of a tokenizer than those of most models."""

import copy


def variants(description):
    """Pairs of a name and the description of a tokenizer with some settings changed."""
    for name, settings in {
        "cased": {"lowercase": False},
        "cased, accents stripped": {"lowercase": False, "strip_accents": True},
        "lower-cased, accents kept": {"lowercase": True, "strip_accents": False},
        "no clean-up": {"clean_text": False},
        "Chinese left alone": {"handle_chinese_chars": False},
        "nothing": {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False},
    }.items():
        changed = copy.deepcopy(description)
        changed["normalizer"].update(settings)
        yield name, changed
    yield "no normalizer, BertProcessing", _plain(description)
    yield "added tokens", _with_added_tokens(description)
    yield "short words", _short_words(description)


def _plain(description):
    changed = copy.deepcopy(description)
    changed["normalizer"] = None
    changed["post_processor"] = {"type": "BertProcessing", "sep": ["[SEP]", 102], "cls": ["[CLS]", 101]}
    return changed


def _short_words(description):
    changed = copy.deepcopy(description)
    changed["model"]["max_input_chars_per_word"] = 7
    return changed


def _with_added_tokens(description):
    changed = copy.deepcopy(description)
    following = len(changed["model"]["vocab"])
    for content, settings in (
        ("<url>", {}),
        ("Vector Store", {"normalized": True}),
        ("Zürich", {"normalized": True, "single_word": True}),
        ("index", {"single_word": True}),
        ("the", {"lstrip": True, "rstrip": True}),
        ("<url> to", {"rstrip": True}),
        ("向量", {"single_word": True}),
    ):
        usual = {"special": False, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
        # Tokens of the vocabulary keep their ids, the others get the next.
        number = changed["model"]["vocab"].get(content, following)
        following += number == following
        changed["added_tokens"].append({"id": number, "content": content, **usual, **settings})
    return changed
