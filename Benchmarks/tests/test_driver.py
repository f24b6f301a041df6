# SPDX-License-Identifier: Apache-2.0
import json
import sys
import tempfile
import unittest
from pathlib import Path

from driver.categories import choose_categories
from driver.engines import choose_engines, engine_with_id
from driver.names import filter_name, rate
from driver.report.page import make_page
from driver.results import make_record
from driver.schedule import Measurements
from driver.session import Session, SessionError
from driver.summary import pareto_front, qps_at_recall
from driver.table import make_tables

_RUNNER = """
import json, sys
print(json.dumps({"ready": True, "threads": 1, "build_seconds": 2.0}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    reply = {"error": "no"} if request.get("build") else {"round": request["round"], "points": []}
    print(json.dumps(reply), flush=True)
"""


def point(ef, recall, qps, **more):
    times = {"p50_us": 1.0, "p95_us": 2.0, "p99_us": 3.0}
    return {"ef": ef, "recall": recall, "qps": qps, "qps_single": qps, "qps_batch": qps, **times, **more}


class SummaryTests(unittest.TestCase):
    points = [point(10, 0.8, 8000.0), point(20, 0.9, 4000.0), point(40, 1.0, 1000.0), point(30, 0.85, 3000.0)]

    def test_the_front_leaves_out_what_is_beaten(self):
        self.assertEqual([one["ef"] for one in pareto_front(self.points)], [10, 20, 40])

    def test_rates_are_interpolated_log_linearly(self):
        self.assertAlmostEqual(qps_at_recall(self.points, 0.95), 2000)
        self.assertAlmostEqual(qps_at_recall(self.points, 0.9), 4000)
        self.assertEqual(qps_at_recall(self.points, 0.5), 8000)
        self.assertIsNone(qps_at_recall(self.points[:2], 0.95))


class ChoiceTests(unittest.TestCase):
    def test_engines_by_id_or_beginning(self):
        self.assertEqual(
            [engine.id for engine in choose_engines(["faiss", "scann"], False)], ["faiss-hnsw-flat", "faiss-hnsw-sq8", "faiss-flat"]
        )
        with self.assertRaisesRegex(ValueError, "'fais' is no engine"):
            choose_engines(["fais"], True)

    def test_categories_near_each_share(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "categories.txt"
            path.write_text("0\n" * 400 + "1\n" * 300 + "2\n" * 200 + "3\n" * 90 + "4\n" * 10)
            self.assertEqual(choose_categories(path, [0.5, 0.1, 0.01, 0.001]), ["0+1", "3", "4"])

    def test_names(self):
        self.assertEqual(filter_name("random", 0.001, []), "random 0.1 %")
        self.assertEqual(filter_name("category=1", 0.086, ["a", "noun.food"]), "noun.food 8.6 %")
        self.assertEqual((rate(12345.6), rate(98.7), rate(None)), ("12,300", "99", "–"))


class SessionTests(unittest.TestCase):
    def session(self, program):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        session = Session(engine_with_id("hnswlib"), [sys.executable, "-c", program], Path(holder.name) / "log", timeout=20)
        self.addCleanup(session.close)
        return session

    def test_requests_are_answered(self):
        session = self.session(_RUNNER)
        self.assertEqual(session.description["build_seconds"], 2.0)
        self.assertEqual(session.ask(round=3), {"round": 3, "points": []})
        with self.assertRaisesRegex(SessionError, "^no$"):
            session.ask(build=True)
        self.assertEqual(session.ask(round=4)["round"], 4)

    def test_a_process_that_ends_says_why(self):
        with self.assertRaisesRegex(SessionError, "status 3: out of luck"):
            self.session("import sys; print('out of luck', file=sys.stderr); sys.exit(3)")

    def test_noise_is_no_answer(self):
        with self.assertRaisesRegex(SessionError, "not a line of the protocol"):
            self.session("print('hello')")


class ReportTests(unittest.TestCase):
    def test_a_table_and_a_page_are_made(self):
        filtered = {"filter": "random", "selectivity": 0.1, "allowed": 100}
        description = {
            "engine": "hnswlib", "version": "0", "dataset": "d", "n": 1000, "dim": 8, "queries": 10, "k": 10, "metric": "l2",
            "storage": "float32", "params": {"m": 16}, "threads": 1, "build_seconds": 1.0, "machine": {}, "points": [],
        }  # fmt: skip
        measured = Measurements(engine_with_id("hnswlib"), description)
        measured.add_build({"threads": 1, "build_seconds": 3.0})
        for factor in (1.0, 2.0, 4.0):
            measured.rounds.append([point(10, 0.9, 100 * factor), point(20, 1.0, 50 * factor), point(10, 0.5, 70.0, **filtered)])
        record = make_record(measured)
        self.assertEqual((record["build_seconds"], record["points"][0]["qps"], record["points"][0]["qps_max"]), (2.0, 200.0, 400.0))
        machine = {"cpu": "<c>", "cores": 1, "memory_bytes": 2**30, "caches": {}, "simd": [], "arch": "a", "system": "s", "kernel": "k"}
        options = {"m": 16, "ef_construction": 64, "k": 10, "threads": 1, "rounds": 3, "parallel_build_threads": 1}
        dataset = {"name": "d", "n": 1000, "dim": 8, "metric": "l2", "queries": 10, "k": 10, "category_names": []}
        results = {"created": "2025-01-01", "machine": machine, "options": options, "datasets": [dataset], "records": [record]}
        results = json.loads(json.dumps(results))
        self.assertIn("| hnswlib | 141 (71–283) |", make_tables(results))
        self.assertIn("not reached; 0.500 at 70", make_tables(results))
        page = make_page(results)
        self.assertIn("&lt;c&gt;", page)
        self.assertNotIn("http", page)
