# SPDX-License-Identifier: Apache-2.0
"""Prepares peers, builds and data, then lets `vectorstore-bench compare` measure: `scripts/bench` runs it. Needs nothing but Python."""

import signal
import subprocess
import sys

from driver import datasets
from driver.commands import compare_command
from driver.environment import prepare_venv, swift_binaries
from driver.log import say
from driver.options import parse_options
from driver.paths import OUTPUT, shown

INTERRUPTED = 130


def main():
    options = parse_options()
    if options.redraw:
        return redraw(OUTPUT / "results.json")
    try:
        return measure(options)
    except subprocess.CalledProcessError as error:
        say(f"failed with status {error.returncode}: {' '.join(map(str, error.cmd[:3]))} …")
        return 1


def redraw(results):
    """Writes the report anew from what was measured last."""
    if not results.is_file():
        say(f"there is no {shown(results)} yet: measure first")
        return 1
    binaries = swift_binaries(["native", "baseline"], build=False)
    if not binaries:
        return 1
    write_report(next(iter(binaries.values())), [results])
    return 0


def measure(options):
    """Runs every data set, and draws all that there are after each."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    python = prepare_venv()
    variants = ["native"] + (["baseline"] if any(engine.baseline for engine in options.engines) else [])
    binaries = swift_binaries(variants, build=not options.skip_swift_build)
    if not binaries:
        return 1
    # Without the native build the other one measures; its own engines are then the baseline's only.
    program = binaries.get("native") or binaries["baseline"]
    engines = [engine for engine in options.engines if "native" in binaries or not (engine.own and engine.is_swift)]
    results = []
    for name in options.datasets:
        dataset = datasets.prepare(name, python, options.wordnet)
        if not dataset:
            continue
        out = OUTPUT / name
        command = compare_command(program, dataset, options, engines, python, binaries.get("baseline"), out)
        if not command:
            break
        say(f"measuring {name}")
        status = run_to_its_end(command)
        if status in (0, INTERRUPTED) and (out / "results.json").is_file():
            results.append(out / "results.json")
            write_report(program, results)
        if status == INTERRUPTED:
            return INTERRUPTED
    if not results:
        say("nothing was measured")
        return 1
    return 0


def run_to_its_end(command):
    """The command's status. Ctrl-C is for the command alone, which then writes what it has measured."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.run(command, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def write_report(program, results):
    """results.json, results.csv, table.md, report.html and the curves of all data sets together."""
    command = [str(program), "report", *map(str, results), "--out", str(OUTPUT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    say(f"written: {shown(OUTPUT)}/report.html, table.md, results.json, results.csv, curves*.svg")


if __name__ == "__main__":
    sys.exit(main())
