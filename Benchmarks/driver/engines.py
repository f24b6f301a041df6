# SPDX-License-Identifier: Apache-2.0
"""The engines that can be run, and how `vectorstore-bench compare` gets each."""

import shlex
from dataclasses import dataclass

from driver.paths import BENCHMARKS


@dataclass(frozen=True)
class Engine:
    """One line of the report."""

    id: str
    label: str
    own: bool = False
    """Whether `compare` knows it by its id; the others are peers, programs with these arguments."""
    arguments: tuple = ()
    baseline: bool = False
    """Whether it is ours in the build without -march=native."""
    filtered: bool = False
    aside: bool = False
    """Whether it is in the report only, and no ratio is against it."""
    on_postgres: bool = False
    by_default: bool = True

    @property
    def is_swift(self):
        return self.baseline or (self.own and not self.on_postgres)

    def peer(self, python, baseline):
        """The value of --peer: the name and the command. `baseline` is the path of that build."""
        start = [str(baseline), "ann"] if self.baseline else [str(python), str(BENCHMARKS / "peer.py")]
        return f"{self.label}={shlex.join([*start, *self.arguments])}"


def _pgvector(name, label, by_default):
    return Engine(f"pgvector-{name}", label, own=True, filtered=True, on_postgres=True, by_default=by_default)


ENGINES = (
    Engine("swift-int8", "Swift int8", own=True, filtered=True),
    Engine("swift-int8-baseline", "Swift int8, baseline", arguments=("--storage", "int8"), baseline=True, filtered=True),
    Engine("swift-float32", "Swift f32", own=True, filtered=True),
    Engine("swift-float32-baseline", "Swift f32, baseline", arguments=("--storage", "float32"), baseline=True, filtered=True),
    Engine("swift-exact", "Swift exact", own=True),
    _pgvector("hnsw", "pgvector HNSW", True),
    _pgvector("hnsw-iterative", "pgvector HNSW iterative", True),
    _pgvector("hnsw-halfvec", "pgvector HNSW halfvec", True),
    _pgvector("hnsw-binary", "pgvector HNSW binary", False),
    _pgvector("ivfflat", "pgvector IVFFlat", False),
    Engine("hnswlib", "hnswlib", arguments=("hnswlib",)),
    Engine("faiss-hnsw-flat", "faiss HNSW Flat", arguments=("faiss",), filtered=True),
    Engine("faiss-hnsw-sq8", "faiss HNSW SQ8", arguments=("faiss", "--storage", "int8")),
    Engine("faiss-flat", "faiss Flat (exact)", arguments=("faiss", "--index", "exact")),
    Engine("usearch-f32", "usearch f32", arguments=("usearch",)),
    Engine("usearch-i8", "usearch i8", arguments=("usearch", "--storage", "int8")),
    Engine("scann", "ScaNN", arguments=("scann",), aside=True),
    Engine("svs-f32", "scalable-vs f32", arguments=("svs",), aside=True),
)


def choose_engines(names, with_aside, with_postgres):
    """The engines whose id is one of `names` or begins with one and a dash; those that are run by default where `names` is None.

    Raises ValueError naming one that matches nothing, or that can't be had.
    """
    for name in names or ():
        matching = [engine for engine in ENGINES if _matches(engine, name)]
        if not matching:
            raise ValueError(f"'{name}' is no engine; there are {', '.join(engine.id for engine in ENGINES)}")
        if matching[0].on_postgres and not with_postgres:
            raise ValueError(f"'{name}' needs a server: scripts/bench --pgvector starts one")
    return [
        engine
        for engine in ENGINES
        if (with_aside or not engine.aside)
        and (with_postgres or not engine.on_postgres)
        and (engine.by_default if names is None else any(_matches(engine, name) for name in names))
    ]


def _matches(engine, name):
    return engine.id == name or engine.id.startswith(name + "-")
