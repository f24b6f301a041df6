# SPDX-License-Identifier: Apache-2.0
"""Vectors of texts by `vectorstore embed`."""

import json
import subprocess
import threading

import numpy as np


class EmbeddingError(ValueError):
    """The command failed, or gave other than a vector for each text."""


def embed(command, embedder, texts):
    """A float32 matrix, a row for each text, which must be of one line each."""
    if any("\n" in text for text in texts):
        raise EmbeddingError("a text of several lines can't be embedded as one")
    with subprocess.Popen(
        [str(command), "embed", "-", "--embedder", embedder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        # Texts go in from a thread, since the command answers before it has read them all.
        writer = threading.Thread(target=_write, args=(process.stdin, texts), daemon=True)
        writer.start()
        rows = None
        count = 0
        for line in process.stdout:
            vector = json.loads(line)["embedding"]
            if rows is None:
                rows = np.empty((len(texts), len(vector)), dtype=np.float32)
            if count < len(texts):
                rows[count] = vector
            count += 1
        writer.join()
    if process.returncode or count != len(texts):
        raise EmbeddingError(f"vectorstore embed ended with exit code {process.returncode} after {count} of {len(texts)} vectors")
    return rows


def _write(pipe, texts):
    try:
        with pipe:
            pipe.writelines(text + "\n" for text in texts)
    except BrokenPipeError:
        pass  # Its exit code tells.
