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

    @property
    def is_swift(self):
        return self.baseline or (self.own and not self.on_postgres)

    def peer(self, python, baseline):
        """The value of --peer: the name and the command. `baseline` is the path of that build."""
        start = [str(baseline), "ann"] if self.baseline else [str(python), str(BENCHMARKS / "peer.py")]
        return f"{self.label}={shlex.join([*start, *self.arguments])}"


def _pgvector(name, label):
    return Engine(f"pgvector-{name}", label, own=True, filtered=True, on_postgres=True)


ENGINES = (
    Engine("swift-int8", "Swift int8", own=True, filtered=True),
    Engine("swift-int8-baseline", "Swift int8, baseline", arguments=("--storage", "int8"), baseline=True, filtered=True),
    Engine("swift-float32", "Swift f32", own=True, filtered=True),
    Engine("swift-float32-baseline", "Swift f32, baseline", arguments=("--storage", "float32"), baseline=True, filtered=True),
    Engine("swift-exact", "Swift exact", own=True),
    _pgvector("hnsw", "pgvector HNSW"),
    _pgvector("hnsw-iterative", "pgvector HNSW iterative"),
    _pgvector("hnsw-halfvec", "pgvector HNSW halfvec"),
    _pgvector("hnsw-binary", "pgvector HNSW binary"),
    _pgvector("ivfflat", "pgvector IVFFlat"),
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
    """The engines that `names` name, by their ids or by beginnings of ids; where it is None, all that can be had.

    Raises ValueError naming one that matches nothing, or that can't be had.
    """
    chosen = set(ENGINES)
    if names is not None:
        chosen = set().union(*(_named(name, with_postgres) for name in names))
    return [
        engine for engine in ENGINES if engine in chosen and (with_aside or not engine.aside) and (with_postgres or not engine.on_postgres)
    ]


def _named(name, with_postgres):
    """The engine of that id, or else those whose ids begin with it and a dash."""
    matching = [engine for engine in ENGINES if engine.id == name] or [engine for engine in ENGINES if engine.id.startswith(name + "-")]
    if not matching:
        raise ValueError(f"'{name}' is no engine; there are {', '.join(engine.id for engine in ENGINES)}")
    if matching[0].on_postgres and not with_postgres:
        raise ValueError(f"'{name}' needs a server: scripts/bench --pgvector starts one")
    return matching
