# SPDX-License-Identifier: Apache-2.0
"""The command line of the driver."""

import argparse
import os
from pathlib import Path

from driver.datasets import check_name
from driver.engines import ENGINES, choose_engines

_FULL = {
    "datasets": ["wordnet-30k", "clustered-100k-768"],
    "rounds": 5,
    "filter_rounds": 3,
    "builds": 3,
    "ef": [10, 20, 40, 60, 80, 120, 160, 240, 320, 640],
    "filters": [0.5, 0.1, 0.01, 0.001],
    "random_filters": True,
    "min_seconds": 0.25,
}
_QUICK = {
    **_FULL,
    "datasets": ["clustered-10k-128"],
    "rounds": 2,
    "filter_rounds": 1,
    "builds": 1,
    "ef": [10, 40, 160],
    "min_seconds": 0.05,
}
_QUICK["filters"] = [0.1, 0.01]
# Beside pgvector alone: what it is used with, and as much as is over in some minutes. A filtered iterative scan takes tens of milliseconds, so
# that filters are few and in one round.
_PGVECTOR = {
    **_FULL,
    "engines": ["swift-int8", "swift-float32", "pgvector-hnsw", "pgvector-hnsw-iterative", "pgvector-hnsw-halfvec"],
    "rounds": 3,
    "filter_rounds": 1,
    "builds": 1,
    "ef": [10, 20, 40, 80, 160],
    "filters": [0.06, 0.02],
    "random_filters": False,
}


def parse_options(arguments=None):
    """The options; exits with status 2 and a message that names what is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    for name, value in _defaults(options).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    try:
        for name in options.datasets:
            check_name(name)
        options.engines = choose_engines(options.engines, options.report_only_peers, bool(options.pgvector_url))
    except ValueError as error:
        parser.error(str(error))
    if options.wordnet and not options.wordnet.is_dir():
        parser.error(f"--wordnet: {options.wordnet} is no folder")
    return options


def _defaults(options):
    if not options.pgvector_url:
        return _QUICK if options.quick else _FULL
    if options.quick:
        return {**_QUICK, "engines": _PGVECTOR["engines"]}
    return {**_PGVECTOR, "datasets": ["wordnet-30k" if options.wordnet else "clustered-30k-384"]}


def _parser():
    parser = argparse.ArgumentParser(prog="bench", description="Lets all engines take turns, and writes the report.")
    parser.add_argument("--datasets", type=_names, metavar="NAME,…", help="wordnet-30k, clustered-ROWSk-DIM")
    parser.add_argument(
        "--wordnet",
        type=Path,
        default=_from_environment(),
        metavar="DIR",
        help="the folder of wordnet-30k, or the one around it (default: $VECTORSTORE_DATA)",
    )
    parser.add_argument(
        "--engines", type=_names, metavar="ID,…", help="ids or their beginnings: " + ", ".join(engine.id for engine in ENGINES)
    )
    parser.add_argument("--no-report-only-peers", dest="report_only_peers", action="store_false", help="without scann and svs")
    parser.add_argument("--pgvector-url", metavar="URL", help="a PostgreSQL server with pgvector that takes part; --pgvector starts one")
    parser.add_argument("--quick", action="store_true", help="a small set, few rounds: shows that everything runs")
    parser.add_argument("--rounds", type=_at_least(1), metavar="N")
    parser.add_argument("--filter-rounds", type=_at_least(0), metavar="N", help="in how many of the rounds filters are measured too")
    parser.add_argument("--builds", type=_at_least(1), metavar="N", help="how often each index is built on one thread")
    parser.add_argument(
        "--parallel-build-threads",
        type=_at_least(1),
        default=min(2, os.cpu_count() or 1),
        metavar="N",
        help="once more with so many threads; 1 leaves it out",
    )
    parser.add_argument("--ef", type=_numbers(int), metavar="N,…", help="the grid of efSearch")
    parser.add_argument("--filters", type=_numbers(float), metavar="P,…", help="selectivities; 'none' leaves filters out")
    parser.add_argument(
        "--random-filters", action=argparse.BooleanOptionalAction, help="filters of random rows beside those by category, of the same selectivities"
    )
    parser.add_argument("--m", type=_at_least(2), default=16)
    parser.add_argument("--ef-construction", type=_at_least(1), default=64, metavar="N")
    parser.add_argument("--k", type=_at_least(1), default=10)
    parser.add_argument("--threads", type=_at_least(1), default=1, metavar="N")
    parser.add_argument("--min-seconds", type=float, metavar="S", help="how long each figure is measured at least, in each round")
    parser.add_argument("--timeout", type=_at_least(1), default=3600, metavar="S", help="for one answer of an engine")
    parser.add_argument("--skip-swift-build", action="store_true", help="use the Swift commands as built before")
    parser.add_argument("--redraw", action="store_true", help="measure nothing; write the report anew from results.json")
    return parser


def _from_environment():
    return Path(os.environ["VECTORSTORE_DATA"]) if os.environ.get("VECTORSTORE_DATA") else None


def _names(text):
    return [name for name in text.split(",") if name]


def _at_least(least):
    def parse(text):
        if not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"'{text}' is no whole number from {least}")
        return int(text)

    return parse


def _numbers(kind):
    def parse(text):
        if text == "none":
            return []
        try:
            return [kind(part) for part in text.split(",")]
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' is no list of numbers") from None

    return parse
