# SPDX-License-Identifier: Apache-2.0
"""Makes benchmark data: `generate.py clustered --out DIR`, `generate.py wordnet --out DIR …` and `generate.py labels --documents base.jsonl --out categories.txt`."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy; the same sums on every run

from annbench.clustered import ClusteredSpec, make_clustered  # noqa: E402
from annbench.embedding import embed  # noqa: E402
from annbench.formats import write_texmex  # noqa: E402
from annbench.groundtruth import exact_neighbours  # noqa: E402
from annbench.labels import labels_from_documents, write_labels  # noqa: E402
from annbench.wordnet import read_documents  # noqa: E402

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


def generate_wordnet(options):
    """All glosses but `queries` of them, which are the queries: the files of a clustered set, and the documents, base.jsonl and query.jsonl."""
    marker, description = options.out / "spec.json", json.dumps({"wordnet": "3.0", "queries": options.queries, "seed": options.seed}) + "\n"
    if options.if_missing and marker.is_file() and marker.read_text() == description:
        return
    documents = read_documents(options.dictionary, options.seed)
    if not 0 < options.queries < len(documents):
        raise ValueError(f"--queries takes a number from 1 to {len(documents) - 1}, not {options.queries}")
    options.out.mkdir(parents=True, exist_ok=True)
    marker.unlink(missing_ok=True)
    print(f"embedding {len(documents):,} glosses; this takes some minutes", file=sys.stderr)
    vectors = embed(options.command, options.embedder, [document["content"] for document in documents])
    queries, base = vectors[: options.queries], vectors[options.queries :]
    ids, _ = exact_neighbours(base, queries, "cosine", _TRUE_NEIGHBOURS)
    write_texmex(options.out / "base.fvecs", base)
    write_texmex(options.out / "query.fvecs", queries)
    write_texmex(options.out / "groundtruth.ivecs", ids)
    for name, part in {"query": documents[: options.queries], "base": documents[options.queries :]}.items():
        (options.out / f"{name}.jsonl").write_text("".join(json.dumps(document, ensure_ascii=False) + "\n" for document in part), encoding="utf-8")
    write_labels(options.out / "categories.txt", *labels_from_documents(options.out / "base.jsonl", "category"))
    marker.write_text(description)
    print(f"{options.out}: {len(base)} × {base.shape[1]}, {options.queries} queries", file=sys.stderr)


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
    wordnet = commands.add_parser("wordnet", help="WordNet 3.0's glosses, embedded by `vectorstore embed`")
    wordnet.add_argument("--out", type=Path, required=True, metavar="DIR")
    wordnet.add_argument("--command", type=Path, required=True, metavar="FILE", help="the built vectorstore")
    wordnet.add_argument("--embedder", required=True, help="its embedder, such as local:DIR")
    wordnet.add_argument("--dictionary", type=Path, default=Path("/usr/share/wordnet"), metavar="DIR", help="the folder of data.noun and the others")
    wordnet.add_argument("--queries", type=int, default=1000)
    wordnet.add_argument("--seed", type=int, default=42, help="of the order, and so of what is a query")
    wordnet.add_argument("--if-missing", action="store_true", help="do nothing where DIR holds this very set")
    wordnet.set_defaults(run=generate_wordnet)
    labels = commands.add_parser("labels", help="a labels file from the documents beside a set of vectors")
    labels.add_argument("--documents", type=Path, required=True, metavar="JSONL", help="a line a base row, in the same order")
    labels.add_argument("--key", default="category", help="the metadata key (default: category)")
    labels.add_argument("--out", type=Path, required=True, metavar="FILE", help="its names go beside it, as .json")
    labels.set_defaults(run=generate_labels)
    return parser


if __name__ == "__main__":
    sys.exit(main())
