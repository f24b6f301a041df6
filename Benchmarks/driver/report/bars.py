# SPDX-License-Identifier: Apache-2.0
"""Bars side by side: build time and memory."""

from html import escape

from driver.engines import engine_with_id


def bar_panel(title, note, records, value_of, shown):
    """A panel with a bar for each record that has the value; `shown` makes the text beside it."""
    rows = [(engine_with_id(record["id"]), value_of(record), record) for record in records]
    rows = [row for row in rows if row[1]]
    if not rows:
        return ""
    largest = max(value for _, value, _ in rows)
    bars = "".join(_bar(engine, value / largest, shown(value, record)) for engine, value, record in rows)
    return f'<section class="bars"><h3>{escape(title)}</h3><p class="note">{escape(note)}</p>{bars}</section>'


def _bar(engine, share, text):
    hollow = " hollow" if engine.variant == "baseline" else ""
    fill = f'<span class="fill{hollow}" style="width:{share * 100:.1f}%"></span>'
    return (
        f'<div class="bar series f-{engine.family}" data-engine="{engine.id}"><span class="name">{escape(engine.label)}</span>'
        f'<span class="track">{fill}</span><span class="value">{escape(text)}</span></div>'
    )
