# SPDX-License-Identifier: Apache-2.0
"""Puts the report together."""

from html import escape
from pathlib import Path

from driver.engines import ENGINES, engine_with_id
from driver.names import filter_name, seconds
from driver.report.bars import bar_panel
from driver.report.chart import SMALL, WIDE, line_classes, marker, recall_chart
from driver.report.tables import exact_table, speed_table, version_table
from driver.results import disturbance, filters_of, unfiltered, with_filter

_HERE = Path(__file__).parent


def make_page(results):
    """The whole HTML document."""
    used = {record["id"] for record in results["records"]}
    engines = [engine for engine in ENGINES if engine.id in used]
    body = [_head(results), _legend([engine for engine in engines if not engine.exact])]
    body += [_dataset(dataset, results) for dataset in results["datasets"]]
    body.append(_about(results))
    style, script = (_HERE / "style.css").read_text(), (_HERE / "script.js").read_text()
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Vector search, measured</title><style>\n{style}</style></head>"
        f"<body><main>{''.join(body)}</main><script>\n{script}</script></body></html>\n"
    )


def _head(results):
    machine, options = results["machine"], results["options"]
    caches = ", ".join(f"{name} {size}" for name, size in machine["caches"].items())
    threads = "1 thread" if options["threads"] == 1 else f"{options['threads']} threads"
    facts = [
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_bytes'] / 2**30:.0f} GiB" + (f" ({caches})" if caches else ""),
        f"{' '.join(machine['simd']) or machine['arch']} · {machine['system']}, {machine['kernel']}",
        f"m {options['m']}, efConstruction {options['ef_construction']}, k {options['k']}, {threads}; "
        f"all engines in turns, medians of {options['rounds']} rounds with their range · {results['created'][:10]}",
    ]
    facts += [sentence for sentence in [disturbance(results)] if sentence]
    return "<header><h1>Vector search, measured</h1>" + "".join(f"<p>{escape(fact)}</p>" for fact in facts) + "</header>"


def _legend(engines):
    return f'<nav class="legend" aria-label="Engines shown">{"".join(_legend_button(engine) for engine in engines)}</nav>'


def _legend_button(engine):
    line = f'<line class="{line_classes(engine)}" x1="1" y1="7" x2="35" y2="7"/>'
    return (
        f'<button type="button" aria-pressed="true" class="f-{engine.family}" data-toggle="{engine.id}">'
        f'<svg viewBox="0 0 36 14" width="36" height="14" aria-hidden="true">{line}{marker(engine, 18, 7)}</svg>'
        f"{escape(engine.label)}</button>"
    )


def _dataset(dataset, results):
    records = [record for record in results["records"] if record["dataset"] == dataset["name"]]
    graphs = [record for record in records if not engine_with_id(record["id"]).exact]
    exact = [record for record in records if engine_with_id(record["id"]).exact]
    shape = f"{dataset['n']:,} × {dataset['dim']}, {dataset['metric']}"
    title = f"{dataset['name']}: {shape}, recall@{dataset['k']} over {dataset['queries']:,} queries"
    chart = recall_chart([(engine_with_id(record["id"]), unfiltered(record["points"])) for record in graphs], WIDE, title)
    parts = [f"<article><h2>{escape(title)}</h2>"]
    if chart:
        parts.append(f'<div class="scroll">{chart}</div>')
        parts.append(speed_table(graphs))
        parts.append(f'<div class="columns">{_build_bars(graphs)}{_memory_bars(graphs)}</div>')
        parts.append(_filters(dataset, graphs))
    if exact:
        parts.append(exact_table(exact))
    return "".join(parts) + "</article>"


def _build_bars(records):
    def shown(value, record):
        others = [
            f"{threads} threads {seconds(build['median'])}"
            for threads, build in record["builds"].items()
            if threads != str(record["threads"])
        ]
        return f"{seconds(value)} s" + (f" ({', '.join(others)})" if others else "")

    return bar_panel("Build", "seconds, shorter is better", records, lambda record: record["build_seconds"], shown)


def _memory_bars(records):
    def per_vector(record):
        return record["resident_bytes"] / record["n"] if record["resident_bytes"] else None

    def shown(value, record):
        with_rows = record.get("resident_with_rows_bytes")
        return f"{value:,.0f}" + (
            f" ({with_rows / record['n']:,.0f} with rows)" if with_rows and with_rows > 1.02 * record["resident_bytes"] else ""
        )

    return bar_panel("Memory", "resident bytes a vector in use, shorter is better", records, per_vector, shown)


def _filters(dataset, records):
    keys = dict.fromkeys(key for record in records for key in filters_of(record["points"]))
    charts = []
    for key in keys:
        series = [(engine_with_id(record["id"]), with_filter(record["points"], key)) for record in records]
        name = filter_name(*key, dataset["category_names"])
        charts.append(f"<figure><figcaption>{escape(name)}</figcaption>{recall_chart(series, SMALL, f'filtered by {name}')}</figure>")
    if not charts:
        return ""
    return (
        f'<h3>Filtered search</h3><p class="note">the share of rows that the filter allows</p><div class="filters">{"".join(charts)}</div>'
    )


_METHOD = """Every engine ran in its own process and only one at any moment. Each figure is the median over the rounds; thin vertical
lines and ranges show the lowest and the highest. Every engine is timed one query at a time and with all queries in one call; the
better rate counts. Latencies are those of single queries. Lines join the points that no other point of the engine beats; others are
faint. Circles are 8-bit codes, squares with dashed lines float32, diamonds engines for the report only; hollow marks and dots are the
baseline build. Rates at a recall are interpolated log-linearly."""


def _about(results):
    return f"<article><h2>How it was measured</h2><p>{_METHOD}</p>{version_table(results['records'])}</article>"
