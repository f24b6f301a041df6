# SPDX-License-Identifier: Apache-2.0
import shlex
import tempfile
import unittest
from pathlib import Path

from driver.categories import choose_categories
from driver.commands import compare_command
from driver.datasets import Dataset
from driver.engines import choose_engines
from driver.options import parse_options


class ChoiceTests(unittest.TestCase):
    def test_engines_by_id_or_beginning(self):
        chosen = choose_engines(["faiss", "scann"], with_aside=False, with_postgres=False)
        self.assertEqual([engine.id for engine in chosen], ["faiss-hnsw-flat", "faiss-hnsw-sq8", "faiss-flat"])
        self.assertEqual([engine.id for engine in choose_engines(["swift-int8"], True, True)], ["swift-int8"])
        with self.assertRaisesRegex(ValueError, "'fais' is no engine"):
            choose_engines(["fais"], True, False)

    def test_pgvector_needs_a_server(self):
        with self.assertRaisesRegex(ValueError, "'pgvector' needs a server"):
            choose_engines(["pgvector"], True, False)
        self.assertIn("pgvector-ivfflat", [engine.id for engine in choose_engines(["pgvector"], True, True)])
        self.assertFalse(any(engine.on_postgres for engine in choose_engines(None, True, False)))

    def test_categories_near_each_share(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "categories.txt"
            path.write_text("0\n" * 400 + "1\n" * 300 + "2\n" * 200 + "3\n" * 90 + "4\n" * 10)
            self.assertEqual(choose_categories(path, [0.5, 0.1, 0.01, 0.001]), ["0+1", "3", "4"])


class CommandTests(unittest.TestCase):
    def command(self, *arguments, baseline="/b/vectorstore-bench"):
        options = parse_options(["--quick", *arguments])
        dataset = Dataset("d", Path("/data set"))
        return compare_command("/n/vectorstore-bench", dataset, options, options.engines, "/py thon", baseline, Path("/out"))

    def values(self, command, option):
        return [value for name, value in zip(command, command[1:]) if name == option]

    def test_peers_keep_their_words_and_say_what_they_cannot(self):
        command = self.command("--engines", "swift-int8,swift-int8-baseline,usearch-i8,scann")
        self.assertEqual(command[:2], ["/n/vectorstore-bench", "compare"])
        self.assertEqual(self.values(command, "--engines"), ["swift-int8"])
        peers = dict(value.split("=", 1) for value in self.values(command, "--peer"))
        self.assertEqual(list(peers), ["Swift int8, baseline", "usearch i8", "ScaNN"])
        self.assertEqual(shlex.split(peers["Swift int8, baseline"]), ["/b/vectorstore-bench", "ann", "--storage", "int8"])
        self.assertEqual(shlex.split(peers["usearch i8"])[0], "/py thon")
        self.assertEqual(shlex.split(peers["usearch i8"])[2:], ["usearch", "--storage", "int8"])
        self.assertEqual(self.values(command, "--unfiltered"), ["usearch i8", "ScaNN"])
        self.assertEqual(self.values(command, "--aside"), ["ScaNN"])
        self.assertEqual(self.values(command, "--filter-selectivity"), ["0.1,0.01"])

    def test_filters_by_category_and_random(self):
        with tempfile.TemporaryDirectory() as folder:
            labels = Path(folder) / "categories.txt"
            labels.write_text("0\n" * 90 + "1\n" * 10)
            labelled = Dataset("d", Path(folder), labels=labels)
            self.assertEqual(labelled.filter_arguments([0.1], False), ["--filter-labels", str(labels), "--filter-values", "1"])
            self.assertEqual(labelled.filter_arguments([0.1], True)[:2], ["--filter-selectivity", "0.1"])
        self.assertEqual(Dataset("d", Path("/d")).filter_arguments([0.1], False), ["--filter-selectivity", "0.1"])
        self.assertEqual(Dataset("d", Path("/d")).filter_arguments([], True), [])

    def test_a_build_that_is_missing_is_left_out(self):
        command = self.command("--engines", "swift-int8,faiss-flat", baseline=None)
        self.assertEqual(len(self.values(command, "--peer")), 1)
        self.assertIsNone(self.command("--engines", "swift-int8-baseline", baseline=None))

    def test_pgvector_gets_the_server(self):
        command = self.command("--engines", "pgvector-hnsw", "--pgvector-url", "postgresql://h/d")
        self.assertEqual(self.values(command, "--postgres"), ["postgresql://h/d"])
        self.assertEqual(self.values(command, "--engines"), ["pgvector-hnsw"])

    def test_beside_pgvector_alone_less_is_measured(self):
        options = parse_options(["--pgvector-url", "postgresql://h/d"])
        self.assertEqual(options.datasets, ["clustered-30k-384"])
        self.assertEqual(
            [engine.id for engine in options.engines],
            ["swift-int8", "swift-float32", "pgvector-hnsw", "pgvector-hnsw-iterative", "pgvector-hnsw-halfvec"],
        )
        self.assertEqual(options.builds, 1)
        self.assertEqual(parse_options(["--pgvector-url", "postgresql://h/d", "--quick", "--engines", "hnswlib"]).datasets, ["clustered-10k-128"])
