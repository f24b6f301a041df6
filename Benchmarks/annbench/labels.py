# SPDX-License-Identifier: Apache-2.0
"""Category labels: from the JSON Lines beside a set of vectors to one integer a base row."""

import json
from pathlib import Path


class LabelError(ValueError):
    """Documents that do not give a label for each row."""


def labels_from_documents(documents, key):
    """The labels of a JSON Lines file and their names: `metadata[key]` of each line, numbered in order of the name."""
    values = []
    with open(documents, encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                values.append(str(json.loads(line)["metadata"][key]))
            except (ValueError, KeyError, TypeError) as error:
                raise LabelError(f"{documents}: line {number} has no metadata.{key} ({error})") from error
    names = sorted(set(values))
    number_of = {name: number for number, name in enumerate(names)}
    return [number_of[value] for value in values], names


def write_labels(path, labels, names):
    """Writes the labels, one a line, and beside them their names by number as JSON."""
    path = Path(path)
    path.with_suffix(".json").write_text(json.dumps(list(names)) + "\n")
    path.write_text("".join(f"{label}\n" for label in labels))
