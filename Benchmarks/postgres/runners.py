# SPDX-License-Identifier: Apache-2.0
"""What `run.py` lets take turns. A runner's round is a document: "ingest", "single", "concurrent", "recall", as far as it has them."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from postgres.documents_table import make_table

HERE = Path(__file__).resolve().parent
FLOOR_TABLE = "bench_floor"


class Ours:
    """`vectorstore-bench store --store postgresql://…`.

    Its document may have the parts of a round under their own names; "ingest_plain_per_second", "search" and the like, which it writes for an
    embedded store, are understood too.
    """

    name = "ours"

    def __init__(self, options):
        self.options = options
        if options.command is None:
            sys.exit("--command is missing: the built vectorstore-bench; or leave ours out, --runners langchain,floor")
        self.command = options.command
        help_text = subprocess.run([self.command, "store", "--help"], capture_output=True, text=True, check=True).stdout
        if "--store" not in help_text:
            sys.exit(f"{self.command} store has no --store, so it can't measure PostgreSQL; build it anew, or leave it out: --runners langchain,floor")

    def round(self, ingest):
        options = self.options
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "ours.json"
            run(
                [self.command, "store", "--store", options.url, "--table", "bench_ours", "--base", options.data / "base.fvecs",
                 "--query", options.data / "query.fvecs", "--k", options.k, "--ef", options.ef, "--batch", options.batch, "--rounds", 1,
                 "--min-seconds", options.min_seconds, "--tasks", options.tasks, "--pool", options.pool, *(["--limit", options.rows] if options.rows else []),
                 *([] if ingest else ["--filled"]), "--json", out]
            )  # fmt: skip
            return self.understood(json.loads(out.read_text()))

    @staticmethod
    def understood(document):
        if "ingest" not in document:
            rates = {"per_second": "ingest_plain_per_second", "per_second_indexed": "ingest_indexed_per_second"}
            document["ingest"] = {name: document[key] for name, key in rates.items() if document.get(key)}
        if "single" not in document and document.get("search"):
            median = document["search"]["store_p50_us"]
            document["single"] = {"qps": 1e6 / median, "p50_us": median}
        return document


class Langchain:
    """langchain-postgres, in a process of its own for each round."""

    name = "langchain-postgres"

    def __init__(self, options):
        self.options = options

    def round(self, ingest):
        options = self.options
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "langchain.json"
            run(
                [sys.executable, HERE / "langchain_postgres_peer.py", "--store", options.url, "--base", options.data / "base.fvecs",
                 "--query", options.data / "query.fvecs", "--groundtruth", options.data / "groundtruth.ivecs", "--k", options.k, "--ef", options.ef,
                 "--m", options.m, "--ef-construction", options.ef_construction, "--batch", options.batch, "--tasks", options.tasks,
                 "--pool", options.pool, "--min-seconds", options.min_seconds, *(["--rows", options.rows] if options.rows else []),
                 *(["--ingest"] if ingest else []), "--json", out]
            )  # fmt: skip
            return json.loads(out.read_text())


class Floor:
    """libpq and COPY BINARY without anything around them."""

    def __init__(self, options, with_vectors):
        self.options, self.with_vectors = options, with_vectors
        self.name = "bare libpq, vectors returned" if with_vectors else "bare libpq"

    def round(self, ingest):
        options, result = self.options, {}
        if ingest and not self.with_vectors:
            result["ingest"] = make_table(options.url, FLOOR_TABLE, options.documents, options.vectors, options.m, options.ef_construction)
        for kind, connections in (("single", 1), ("concurrent", options.pool)):
            line = [options.bare, options.url, FLOOR_TABLE, options.data / "query.fvecs", options.k, options.ef, options.min_seconds, connections]
            if not options.rows:
                line.append(options.data / "groundtruth.ivecs")
            result[kind] = json.loads(run([*line, *(["--vectors"] if self.with_vectors else [])]))
            result["recall"] = result[kind].pop("recall")
        return result


def make_runners(names, options):
    made = []
    for name in names:
        if name == "ours":
            made.append(Ours(options))
        elif name == "langchain":
            made.append(Langchain(options))
        elif name == "floor":
            made += [Floor(options, False), Floor(options, True)]
        else:
            sys.exit(f"there is no runner '{name}'; there are: ours, langchain, floor")
    return made


def run(line):
    """Its standard output. What it says on standard error goes through."""
    done = subprocess.run([str(part) for part in line], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{Path(line[0]).name} ended with exit code {done.returncode} (see above)")
    return done.stdout
