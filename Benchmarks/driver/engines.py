# SPDX-License-Identifier: Apache-2.0
"""The engines that can be run, and how each is started."""

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Engine:
    """One line of the report. `arguments` come before the options that all engines share."""

    id: str
    label: str
    family: str
    arguments: tuple
    eight_bit: bool = False
    exact: bool = False
    filtered: bool = False
    report_only: bool = False
    variant: Optional[str] = None
    """For the Swift engine, which of its two builds: "native" or "baseline"."""

    @property
    def is_swift(self):
        return self.variant is not None

    @property
    def is_rival(self):
        """Whether "the best peer" may be this one."""
        return not (self.is_swift or self.report_only or self.exact)


def _swift(storage, variant):
    short = "int8" if storage == "int8" else "f32"
    return Engine(
        id=f"swift-{short}-{variant}",
        label=f"Swift {short}" + (", baseline" if variant == "baseline" else ""),
        family="swift",
        arguments=("--storage", storage),
        eight_bit=storage == "int8",
        filtered=True,
        variant=variant,
    )


ENGINES = (
    _swift("int8", "native"),
    _swift("int8", "baseline"),
    _swift("float32", "native"),
    _swift("float32", "baseline"),
    Engine("swift-exact-native", "Swift exact", "swift", ("--index", "exact"), exact=True, variant="native"),
    Engine("hnswlib", "hnswlib", "hnswlib", ("hnswlib",)),
    Engine("faiss-hnsw-flat", "faiss HNSW Flat", "faiss", ("faiss",), filtered=True),
    Engine("faiss-hnsw-sq8", "faiss HNSW SQ8", "faiss", ("faiss", "--storage", "int8"), eight_bit=True),
    Engine("faiss-flat", "faiss Flat (exact)", "faiss", ("faiss", "--index", "exact"), exact=True),
    Engine("usearch-f32", "usearch f32", "usearch", ("usearch",)),
    Engine("usearch-i8", "usearch i8", "usearch", ("usearch", "--storage", "int8"), eight_bit=True),
    Engine("scann", "ScaNN", "scann", ("scann",), report_only=True),
    Engine("svs-f32", "scalable-vs f32", "svs", ("svs",), report_only=True),
)


def engine_with_id(identifier):
    return next(engine for engine in ENGINES if engine.id == identifier)


def choose_engines(names, with_report_only):
    """The engines whose id is one of `names` or begins with one and a dash; all where `names` is None.

    Raises ValueError naming one that matches nothing.
    """
    for name in names or ():
        if not any(_matches(engine, name) for engine in ENGINES):
            raise ValueError(f"'{name}' is no engine; there are {', '.join(engine.id for engine in ENGINES)}")
    return [
        engine
        for engine in ENGINES
        if (with_report_only or not engine.report_only) and (names is None or any(_matches(engine, name) for name in names))
    ]


def _matches(engine, name):
    return engine.id == name or engine.id.startswith(name + "-")
