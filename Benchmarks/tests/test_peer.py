# SPDX-License-Identifier: Apache-2.0
import io
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np

from annbench.formats import write_texmex
from peers.base import Peer, Searcher, UnsupportedOption
from peers.options import parse_options
from peers.serve import Runner, serve


class PlainPeer(Peer):
    """An engine that sorts everything, for trying what the peers share."""

    engine = "plain"
    supports_filters = True

    def version(self):
        return "1"

    def build(self, vectors, threads):
        return vectors

    def save(self, index, folder):
        raise OSError("no room")

    def open(self, folder, dimension):
        raise NotImplementedError

    def searcher(self, index, ef, mask):
        def batch(queries):
            distances = np.linalg.norm(queries[:, None] - index[None], axis=2)
            distances[:, ~mask if mask is not None else slice(0, 0)] = np.inf
            return np.argsort(distances, axis=1)[:, : min(self.options.k, ef)]

        return Searcher(one=batch, batch=batch, details={})


class PeerTests(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        folder = Path(holder.name)
        random = np.random.default_rng(1)
        write_texmex(folder / "base.fvecs", random.standard_normal((200, 8)).astype(np.float32))
        write_texmex(folder / "query.fvecs", random.standard_normal((5, 8)).astype(np.float32))
        (folder / "labels.txt").write_text("".join(f"{row % 4}\n" for row in range(200)))
        files = ["--base", str(folder / "base.fvecs"), "--query", str(folder / "query.fvecs")]
        filters = ["--filter-selectivity", "0.5", "--filter-labels", str(folder / "labels.txt"), "--filter-values", "1,2+3"]
        self.arguments = ["hnswlib", *files, "--metric", "l2", "--ef", "5,10", "--min-seconds", "0", *filters, "--serve"]

    def answers(self, *requests):
        options = parse_options(self.arguments)
        output = io.StringIO()
        serve(Runner(PlainPeer(options), options, []), output, io.StringIO("\n".join(requests)))
        return [json.loads(line) for line in output.getvalue().splitlines()]

    def test_the_protocol(self):
        ready, first, second, build, wrong, failed = self.answers(
            '{"round":1}',
            '{"round":2,"filters":false}',
            '{"build":true,"threads":2}',
            '{"dance":1}',
            '{"memory":true}',
            '{"exit":true}',
            '{"round":3}',
        )
        self.assertEqual((ready["ready"], ready["protocol"], ready["n"], ready["points"]), (True, 1, 200, []))
        self.assertEqual(
            [one.get("filter") for one in first["points"]], [None] * 2 + ["random"] * 2 + ["category=1"] * 2 + ["category=2+3"] * 2
        )
        self.assertEqual([one["recall"] for one in first["points"]], [0.5, 1] * 4)
        self.assertEqual(len(second["points"]), 2)
        self.assertEqual((build["build"], build["threads"]), (True, 2))
        self.assertIn("not ['dance']", wrong["error"])
        self.assertIn("no room", failed["error"])

    def test_an_option_without_a_counterpart_is_refused(self):
        options = parse_options([*self.arguments, "--storage", "int8"])
        with self.assertRaisesRegex(UnsupportedOption, "--storage int8: hnswlib has only float32"):
            PlainPeer(options)
