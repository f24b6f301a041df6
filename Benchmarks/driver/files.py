# SPDX-License-Identifier: Apache-2.0
"""Writes the results as JSON and as CSV."""

import csv
import json

_POINT_COLUMNS = (
    "filter", "selectivity", "ef", "recall", "qps", "qps_min", "qps_max", "qps_single", "qps_batch", "p50_us", "p95_us", "p99_us",
)  # fmt: skip
_RECORD_COLUMNS = ("dataset", "id", "engine", "version", "storage", "variant", "threads", "build_seconds", "index_bytes", "resident_bytes")


def write_json(path, results):
    path.write_text(json.dumps(results, indent=1) + "\n")


def write_csv(path, records):
    """A line for each point, its engine's figures repeated."""
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_RECORD_COLUMNS + _POINT_COLUMNS)
        for record in records:
            shared = [record.get(column, "") for column in _RECORD_COLUMNS]
            for point in record["points"]:
                writer.writerow(shared + [point.get(column, "") for column in _POINT_COLUMNS])
