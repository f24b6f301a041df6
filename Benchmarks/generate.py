# SPDX-License-Identifier: Apache-2.0
"""Makes benchmark data: `generate.py clustered --out DIR` and `generate.py labels --documents base.jsonl --out categories.txt`."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy; the same sums on every run

from annbench.clustered import ClusteredSpec, make_clustered  # noqa: E402
from annbench.formats import write_texmex  # noqa: E402
from annbench.groundtruth import exact_neighbours  # noqa: E402
from annbench.labels import labels_from_documents, write_labels  # noqa: E402

_TRUE_NEIGHBOURS = 100


def main():
    options = _parser().parse_args()
    try:
        options.run(options)
    except (OSError, ValueError) as error:
        print(f"generate.py: {error}", file=sys.stderr)
        return 1
    return 0


def generate_clustered(options):
    """base.fvecs, query.fvecs, groundtruth.ivecs (cosine), categories.txt, and last spec.json, which marks the folder as whole."""
    spec = ClusteredSpec(rows=options.rows, queries=options.queries, dimension=options.dim, clusters=options.clusters, seed=options.seed)
    marker, description = options.out / "spec.json", json.dumps(asdict(spec)) + "\n"
    if options.if_missing and marker.is_file() and marker.read_text() == description:
        return
    options.out.mkdir(parents=True, exist_ok=True)
    marker.unlink(missing_ok=True)
    made = make_clustered(spec)
    ids, _ = exact_neighbours(made.base, made.queries, "cosine", min(_TRUE_NEIGHBOURS, spec.rows))
    write_texmex(options.out / "base.fvecs", made.base)
    write_texmex(options.out / "query.fvecs", made.queries)
    write_texmex(options.out / "groundtruth.ivecs", ids)
    topics = int(made.categories.max()) + 1
    write_labels(options.out / "categories.txt", made.categories, [f"topic {number}" for number in range(topics)])
    marker.write_text(description)
    print(f"{options.out}: {spec.rows} × {spec.dimension}, {spec.queries} queries", file=sys.stderr)


def generate_labels(options):
    labels, names = labels_from_documents(options.documents, options.key)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    write_labels(options.out, labels, names)
    print(f"{options.out}: {len(labels)} rows, {len(names)} categories", file=sys.stderr)


def _parser():
    parser = argparse.ArgumentParser(prog="generate.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    clustered = commands.add_parser("clustered", help="a seeded, clustered set of unit vectors with its ground truth")
    spec = ClusteredSpec()
    clustered.add_argument("--out", type=Path, required=True, metavar="DIR")
    clustered.add_argument("--rows", type=int, default=spec.rows)
    clustered.add_argument("--queries", type=int, default=spec.queries)
    clustered.add_argument("--dim", type=int, default=spec.dimension)
    clustered.add_argument("--clusters", type=int, default=spec.clusters)
    clustered.add_argument("--seed", type=int, default=spec.seed)
    clustered.add_argument("--if-missing", action="store_true", help="do nothing where DIR holds this very set")
    clustered.set_defaults(run=generate_clustered)
    labels = commands.add_parser("labels", help="a labels file from the documents beside a set of vectors")
    labels.add_argument("--documents", type=Path, required=True, metavar="JSONL", help="a line a base row, in the same order")
    labels.add_argument("--key", default="category", help="the metadata key (default: category)")
    labels.add_argument("--out", type=Path, required=True, metavar="FILE", help="its names go beside it, as .json")
    labels.set_defaults(run=generate_labels)
    return parser


if __name__ == "__main__":
    sys.exit(main())
