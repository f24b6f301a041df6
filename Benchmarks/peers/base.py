# SPDX-License-Identifier: Apache-2.0
"""What a peer has to say about its engine; everything else is shared."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Callable, NamedTuple, Optional

import numpy as np


class UnsupportedOption(ValueError):
    """An option that this engine has no counterpart of."""


class Searcher(NamedTuple):
    """One point to be timed: both functions return base row numbers, -1 where there is none."""

    one: Callable[[np.ndarray], Any]
    """Takes a (1, dim) matrix."""
    batch: Callable[[np.ndarray], Any]
    """Takes all queries; uses as many threads as the options say."""
    details: dict
    """What `ef` means for this engine where it isn't the beam width."""


class Peer(ABC):
    """One engine. `options` are the parsed command-line options; an index is whatever `build` returns."""

    indexes: tuple = ("hnsw",)
    storages: tuple = ("float32",)
    supports_filters = False
    normalises_cosine = False
    """True where the caller must hand over unit vectors to get cosine."""

    def __init__(self, options):
        self.options = options
        for name, choices in (("index", self.indexes), ("storage", self.storages)):
            if getattr(options, name) not in choices:
                raise UnsupportedOption(f"--{name} {getattr(options, name)}: {options.peer} has only {', '.join(choices)} here")
        if options.wants_filters and not self.supports_filters:
            raise UnsupportedOption(f"--filter-selectivity, --filter-values: {options.peer} has no filtered search in Python")

    @property
    @abstractmethod
    def engine(self) -> str:
        """The engine's name in the results."""

    @abstractmethod
    def version(self) -> str:
        """The library's version."""

    def parameters(self) -> dict:
        """The build parameters as the results state them."""
        return {"m": self.options.m, "ef_construction": self.options.ef_construction}

    @abstractmethod
    def build(self, vectors: np.ndarray, threads: int) -> Any:
        """A new index over the rows; ids are row numbers. Timed as a whole."""

    @abstractmethod
    def save(self, index: Any, folder: Path):
        """Writes the index into the folder; the folder's size is `index_bytes`."""

    @abstractmethod
    def open(self, folder: Path, dimension: int) -> Any:
        """The index from the folder, ready for `searcher`."""

    @abstractmethod
    def searcher(self, index: Any, ef: int, mask: Optional[np.ndarray]) -> Searcher:
        """The search at one efSearch, with `mask` allowing rows (only where `supports_filters`)."""
