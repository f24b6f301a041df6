# SPDX-License-Identifier: Apache-2.0
"""The memory an index needs in use: a fresh process opens its file and runs every query."""

import gc
import json
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from annbench.distances import unit_rows
from annbench.formats import read_vectors
from annbench.machine import resident_bytes


class FreshProcessError(RuntimeError):
    """The fresh process failed."""


def measure_memory(peer, index, command):
    """`index_bytes`, `resident_bytes` and `open_seconds`. `command` starts this very peer with the same options."""
    with tempfile.TemporaryDirectory(prefix="annbench-") as name:
        folder = Path(name)
        peer.save(index, folder)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        process = subprocess.run([*command, "--open-folder", str(folder)], stdout=subprocess.PIPE, text=True, check=False)
    if process.returncode:
        raise FreshProcessError(f"the process that opens the saved index ended with status {process.returncode}")
    return {"index_bytes": size, **json.loads(process.stdout.splitlines()[-1])}


def report_memory_of_opened(peer, options):
    """The fresh process: how much its resident memory grows by opening the index and running the queries."""
    queries = np.array(read_vectors(options.query))
    if peer.normalises_cosine and options.metric == "cosine":
        queries = unit_rows(queries)
    gc.collect()
    before = resident_bytes()
    started = time.perf_counter()
    index = peer.open(options.open_folder, queries.shape[1])
    opened = time.perf_counter() - started
    peer.searcher(index, max(options.ef), None).batch(queries)
    gc.collect()
    after = resident_bytes()
    growth = {kind: None if after[kind] is None else after[kind] - before[kind] for kind in after}
    return {
        "resident_bytes": growth["total"],
        "resident_anonymous_bytes": growth["anonymous"],
        "resident_file_bytes": growth["file"],
        "open_seconds": round(opened, 6),
    }
