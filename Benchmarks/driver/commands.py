# SPDX-License-Identifier: Apache-2.0
"""The command lines of `vectorstore-bench compare`."""


def compare_command(program, dataset, options, engines, python, baseline, out):
    """Measures `engines` on `dataset`, with `program`'s own engines and the others as peers. None where no engine can be had."""
    own = [engine.id for engine in engines if engine.own]
    peers = [engine for engine in engines if not engine.own and (baseline or not engine.baseline)]
    if not own and not peers:
        return None
    command = [program, "compare", *dataset.arguments(), "--engines", ",".join(own) or "none"]
    if any(engine.on_postgres for engine in engines):
        command += ["--postgres", options.pgvector_url]
    for engine in peers:
        command += ["--peer", engine.peer(python, baseline)]
        if not engine.filtered:
            command += ["--unfiltered", engine.label]
        if engine.aside:
            command += ["--aside", engine.label]
    counts = ("m", "ef_construction", "k", "threads", "rounds", "filter_rounds", "builds", "parallel_build_threads", "min_seconds", "timeout")
    for name in counts:
        command += ["--" + name.replace("_", "-"), getattr(options, name)]
    command += ["--ef", ",".join(map(str, options.ef)), *dataset.filter_arguments(options.filters, options.random_filters), "--out", out]
    return [str(part) for part in command]
