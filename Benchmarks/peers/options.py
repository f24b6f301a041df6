# SPDX-License-Identifier: Apache-2.0
"""The command line of a peer: the options of `vectorstore-bench ann`, and the threads pinned before anything is imported."""

import argparse
import os
from pathlib import Path

from peers import PEERS

_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def parse_options(arguments=None):
    """The options; exits with status 2 and a message that names what is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.filter_values and not options.filter_labels:
        parser.error("--filter-values needs --filter-labels")
    if options.filter_labels and not options.filter_values:
        parser.error("--filter-labels needs --filter-values")
    if not (options.json or options.serve or options.open_folder):
        parser.error("one of --json OUT and --serve is needed")
    options.wants_filters = bool(options.filter_selectivity or options.filter_values)
    options.dataset = options.dataset or options.base.resolve().parent.name
    return options


def pin_threads(threads):
    """Keeps every numeric library to `threads`; has to run before NumPy or an engine is imported."""
    for variable in _THREAD_VARIABLES:
        os.environ[variable] = str(threads)
    os.environ["OMP_WAIT_POLICY"] = "passive"


def _parser():
    parser = argparse.ArgumentParser(prog="peer.py", description="Measures one engine as `vectorstore-bench ann` measures ours.")
    parser.add_argument("peer", choices=sorted(PEERS))
    data = parser.add_argument_group("data")
    data.add_argument("--base", type=Path, required=True, metavar="FILE", help=".fvecs, .bvecs, .fbin or .npy")
    data.add_argument("--query", type=Path, required=True, metavar="FILE")
    data.add_argument("--groundtruth", type=Path, metavar="FILE", help=".ivecs; computed where it is not given")
    data.add_argument("--dataset", metavar="NAME", help="the name in the results (default: the folder of --base)")
    data.add_argument("--metric", choices=("cosine", "l2", "ip"), required=True)
    index = parser.add_argument_group("index")
    index.add_argument("--index", choices=("hnsw", "exact"), default="hnsw")
    index.add_argument("--storage", choices=("float32", "int8"), default="float32")
    index.add_argument("--m", type=_positive, default=16)
    index.add_argument("--ef-construction", type=_positive, default=64, metavar="N")
    search = parser.add_argument_group("search")
    search.add_argument("--ef", type=_list_of(_positive), default=[20, 40, 80, 160, 320], metavar="N,…")
    search.add_argument("--k", type=_positive, default=10)
    search.add_argument("--threads", type=_positive, default=1, metavar="N", help="for building and for the batch")
    search.add_argument("--min-seconds", type=_seconds, default=0.25, metavar="S", help="whole passes are repeated for at least this long")
    filters = parser.add_argument_group("filters")
    filters.add_argument("--filter-selectivity", type=_list_of(_share), default=[], metavar="P,…")
    filters.add_argument("--filter-seed", type=int, default=42, metavar="N")
    filters.add_argument("--filter-labels", type=Path, metavar="FILE", help="one int32 a line for each base row")
    filters.add_argument(
        "--filter-values", type=_list_of(_label_union), default=[], metavar="3,17,1+2", help="a filter each; + joins values"
    )
    output = parser.add_argument_group("output")
    output.add_argument("--json", type=Path, metavar="OUT", help="measure once and write the results there")
    output.add_argument("--serve", action="store_true", help="build, then answer requests on standard input (Benchmarks/README.md)")
    output.add_argument("--open-folder", type=Path, help=argparse.SUPPRESS)
    return parser


def _positive(text):
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no positive whole number")
    return int(text)


def _number(text):
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no number") from None


def _seconds(text):
    if not 0 <= (value := _number(text)) <= 3600:
        raise argparse.ArgumentTypeError(f"'{text}' is not between 0 and 3600 seconds")
    return value


def _share(text):
    if not 0 < (value := _number(text)) <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not above 0 and at most 1")
    return value


def _label_union(text):
    try:
        return [int(value) for value in text.split("+")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no label, nor several joined by +") from None


def _list_of(element):
    return lambda text: [element(part) for part in text.split(",")]
