# SPDX-License-Identifier: Apache-2.0
"""A chart of recall against queries a second, as SVG."""

from dataclasses import dataclass
from html import escape

from driver.report.scales import RateScale, RecallScale
from driver.summary import pareto_front

_GUIDES = (0.95, 0.99)
_LABEL_GAP = 14


@dataclass(frozen=True)
class Frame:
    """The size of a chart and the margins around its plot."""

    width: int
    height: int
    left: int = 58
    right: int = 165
    top: int = 12
    bottom: int = 44
    end_labels: bool = True


WIDE = Frame(1040, 520)
SMALL = Frame(500, 300, right=18, end_labels=False)


def recall_chart(series, frame, title):
    """The chart of [(engine, points)]; each engine's line is its Pareto front, its other points are faint."""
    series = [(engine, points) for engine, points in series if points]
    if not series:
        return ""
    every = [point for _, points in series for point in points]
    xs = RecallScale([point["recall"] for point in every], frame.left, frame.width - frame.right)
    extremes = [point.get(key, point["qps"]) for point in every for key in ("qps_min", "qps_max")]
    ys = RateScale(extremes, frame.height - frame.bottom, frame.top)
    drawn = [_axes(xs, ys, frame)]
    drawn += [_series(engine, points, xs, ys) for engine, points in reversed(series)]
    if frame.end_labels:
        drawn.append(_end_labels(series, xs, ys, frame))
    return (
        f'<svg class="chart" viewBox="0 0 {frame.width} {frame.height}" role="img" aria-label="{escape(title)}">'
        + "".join(drawn)
        + "</svg>"
    )


def marker(engine, x, y, size=4.0):
    """An engine's mark: a circle for 8-bit, a square for float32, a diamond for one in the report only; hollow for the baseline build."""
    hollow = " hollow" if engine.variant == "baseline" else ""
    if engine.report_only:
        shape = f'<path d="M{x:.1f} {y - size - 1:.1f}l{size + 1} {size + 1}l-{size + 1} {size + 1}l-{size + 1} -{size + 1}z"'
    elif engine.eight_bit:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}"'
    else:
        shape = f'<rect x="{x - size + 0.4:.1f}" y="{y - size + 0.4:.1f}" width="{2 * size - 0.8:.1f}" height="{2 * size - 0.8:.1f}"'
    return f'{shape} class="mark{hollow}"/>'


def line_classes(engine):
    """The style of an engine's line: its family's colour, dashes for float32, dots for the baseline build, and ours heavier."""
    classes = ["line", "ours" if engine.is_swift else "peer"]
    if engine.variant == "baseline":
        classes.append("dotted")
    elif not engine.eight_bit and not engine.report_only:
        classes.append("dashed")
    return " ".join(classes)


def _axes(xs, ys, frame):
    bottom, right = frame.height - frame.bottom, frame.width - frame.right
    parts = []
    for recall, label in xs.ticks():
        x = xs.x(recall)
        kind = "guide" if recall in _GUIDES else "grid"
        parts.append(f'<line class="{kind}" x1="{x:.1f}" y1="{frame.top}" x2="{x:.1f}" y2="{bottom}"/>')
        parts.append(f'<text class="tick" x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{label}</text>')
    for rate, label in ys.ticks():
        y = ys.y(rate)
        parts.append(f'<line class="grid" x1="{frame.left}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{frame.left - 7}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    across, down = (frame.left + right) / 2, (frame.top + bottom) / 2
    parts.append(_axis_name(f'x="{across:.1f}" y="{frame.height - 8}"', "recall (each further nine has the same width)"))
    parts.append(_axis_name(f'transform="translate(14 {down:.1f}) rotate(-90)"', "queries a second (log)"))
    return "".join(parts)


def _axis_name(place, text):
    return f'<text class="axis" {place} text-anchor="middle">{text}</text>'


def _series(engine, points, xs, ys):
    front = pareto_front(points)
    path = " ".join(f"{xs.x(point['recall']):.1f},{ys.y(point['qps']):.1f}" for point in front)
    parts = [f'<polyline class="{line_classes(engine)}" points="{path}"/>']
    on_front = {id(point) for point in front}
    for point in points:
        x = xs.x(point["recall"])
        low, high = point.get("qps_min", point["qps"]), point.get("qps_max", point["qps"])
        whisker = f'<line class="whisker" x1="{x:.1f}" y1="{ys.y(low):.1f}" x2="{x:.1f}" y2="{ys.y(high):.1f}"/>'
        faint = "" if id(point) in on_front else ' class="faint"'
        parts.append(f"<g{faint}>{whisker}{marker(engine, x, ys.y(point['qps']))}<title>{escape(_tooltip(engine, point))}</title></g>")
    return f'<g class="series f-{engine.family}" data-engine="{engine.id}">{"".join(parts)}</g>'


def _tooltip(engine, point):
    lines = [
        f"{engine.label}, efSearch {point['ef']}",
        f"recall {point['recall']:.4f}",
        f"{point['qps']:,.0f} queries/s ({point.get('qps_min', 0):,.0f} – {point.get('qps_max', 0):,.0f})",
        f"p50 {point['p50_us']:,.0f} µs, p95 {point['p95_us']:,.0f} µs, p99 {point['p99_us']:,.0f} µs",
    ]
    return "\n".join(lines)


def _end_labels(series, xs, ys, frame):
    """The engines' names right of the plot, moved apart, each tied to its line's last point."""
    wanted = []
    for engine, points in series:
        last = pareto_front(points)[-1]
        wanted.append([ys.y(last["qps"]), xs.x(last["recall"]), engine])
    wanted.sort(key=lambda item: item[0])
    heights = _apart([item[0] for item in wanted], frame.top + 6, frame.height - frame.bottom)
    x = frame.width - frame.right + 22
    parts = []
    for (y, from_x, engine), height in zip(wanted, heights):
        parts.append(
            f'<g class="series f-{engine.family}" data-engine="{engine.id}">'
            f'<path class="leader" d="M{from_x + 6:.1f} {y:.1f}L{x - 12} {height:.1f}h8"/>'
            f'<text class="end" x="{x}" y="{height + 4:.1f}">{escape(engine.label)}</text></g>'
        )
    return "".join(parts)


def _apart(heights, top, bottom):
    """The ascending heights, moved so that neighbours keep their distance and all stay between the two bounds."""
    placed = []
    for height in heights:
        placed.append(max(height, placed[-1] + _LABEL_GAP if placed else top))
    overflow = placed[-1] - bottom
    if overflow > 0:
        limit = bottom
        for number in range(len(placed) - 1, -1, -1):
            placed[number] = min(placed[number], limit)
            limit = placed[number] - _LABEL_GAP
    return placed
