# SPDX-License-Identifier: Apache-2.0
"""The benchmark's driver: `scripts/bench` runs it. Needs nothing but Python itself; it makes the rest."""

import datetime
import json
import subprocess
import sys

from annbench.machine import describe_machine
from driver import datasets
from driver.environment import prepare_venv, swift_binaries
from driver.files import write_csv, write_json
from driver.log import say
from driver.options import parse_options
from driver.paths import BENCHMARKS, OUTPUT, shown
from driver.report.page import make_page
from driver.results import make_record
from driver.schedule import Schedule
from driver.table import make_tables


def main():
    options = parse_options()
    if options.redraw:
        return redraw(OUTPUT / "results.json")
    try:
        return measure(options)
    except subprocess.CalledProcessError as error:
        say(f"failed with status {error.returncode}: {' '.join(map(str, error.cmd[:3]))} …")
        return 1


def redraw(path):
    """Writes the report anew from what was measured last."""
    if not path.is_file():
        say(f"there is no {shown(path)} yet: measure first")
        return 1
    write_outputs(json.loads(path.read_text()))
    return 0


def measure(options):
    """Runs every data set and writes the results after each."""
    logs = OUTPUT / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    python = prepare_venv()
    variants = list(dict.fromkeys(engine.variant for engine in options.engines if engine.is_swift))
    binaries = swift_binaries(variants, build=not options.skip_swift_build) if variants else {}
    results = {
        "created": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": describe_machine(),
        "options": {
            name: getattr(options, name)
            for name in ("rounds", "builds", "parallel_build_threads", "ef", "m", "ef_construction", "k", "threads")
        },
        "datasets": [],
        "records": [],
    }
    for name in options.datasets:
        dataset = datasets.prepare(name, python, options.wordnet)
        if dataset:
            run_dataset(dataset, options, python, binaries, logs, results)
    if not results["records"]:
        say("nothing was measured")
        return 1
    return 0


def run_dataset(dataset, options, python, binaries, logs, results):
    commands = {
        engine: engine_command(engine, dataset, options, python, binaries)
        for engine in options.engines
        if not engine.is_swift or engine.variant in binaries
    }
    schedule = Schedule(dataset.name, commands, options, logs)
    records = [make_record(measurements) for measurements in schedule.run()]
    if records:
        add_records(results, dataset, records)
    if schedule.interrupted:
        raise SystemExit(130)


def add_records(results, dataset, records):
    shape = {key: records[0][key] for key in ("n", "dim", "metric", "queries", "k")}
    results["datasets"].append({"name": dataset.name, **shape, "category_names": dataset.names_of_categories()})
    results["records"] += records
    write_outputs(results)


def engine_command(engine, dataset, options, python, binaries):
    """The command line that serves this engine on this data set."""
    start = [binaries[engine.variant], "ann"] if engine.is_swift else [str(python), str(BENCHMARKS / "peer.py")]
    index = ["--m", options.m, "--ef-construction", options.ef_construction, "--ef", ",".join(map(str, options.ef))]
    search = ["--k", options.k, "--threads", options.threads, "--min-seconds", options.min_seconds]
    filters = dataset.filter_arguments(options.filters) if engine.filtered else []
    return [str(part) for part in (*start, *engine.arguments, *dataset.arguments(), *index, *search, *filters, "--serve")]


def write_outputs(results):
    """results.json, results.csv, table.md and report.html."""
    write_json(OUTPUT / "results.json", results)
    write_csv(OUTPUT / "results.csv", results["records"])
    (OUTPUT / "table.md").write_text(make_tables(results))
    (OUTPUT / "report.html").write_text(make_page(results))
    say(f"written: {shown(OUTPUT)}/results.json, results.csv, table.md, report.html")


if __name__ == "__main__":
    sys.exit(main())
