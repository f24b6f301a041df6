# SPDX-License-Identifier: Apache-2.0
"""From what the engines said to one record each: medians with their spread, in the shape of the single-run JSON.

A record has every key that `vectorstore-bench ann --json` writes, with medians as values, and more beside them.
"""

from statistics import median

from driver.summary import qps_at_recall, spread

RECALL_TARGETS = (0.95, 0.99)
FILTERED_TARGET = 0.98
BUSY_CORES = 0.9
"""A batch that had less than this share of the cores it asked for shared the machine with something else."""
_MEDIANS = ("qps", "qps_single", "qps_batch", "p50_us", "p95_us", "p99_us")


def make_record(measurements):
    """The record of one engine on one data set."""
    engine, description = measurements.engine, measurements.description
    own = measurements.builds[description["threads"]]
    record = {
        **{key: value for key, value in description.items() if key not in ("machine", "protocol", "points")},
        "id": engine.id,
        "label": engine.label,
        "variant": engine.variant,
        "rounds": len(measurements.rounds),
        "measured_points": sum(len(points) for points in measurements.rounds),
        "disturbed_points": sum(_disturbed(point) for points in measurements.rounds for point in points),
        "build_seconds": median(own),
        "builds": {str(threads): {"seconds": seconds, **spread(seconds)} for threads, seconds in measurements.builds.items()},
        "index_bytes": None,
        "resident_bytes": None,
        **measurements.memory,
        "points": _merge_rounds(measurements.rounds),
    }
    rounds = [unfiltered(points) for points in measurements.rounds]
    record["qps_at_recall"] = {} if engine.exact else {f"{target:g}": _over_rounds(rounds, target) for target in RECALL_TARGETS}
    record["filtered"] = [] if engine.exact else _filtered_summary(record["points"])
    return record


def disturbance(results):
    """A sentence for readers where the machine was busy with something else meanwhile, else nothing."""
    measured, disturbed = (sum(record.get(key, 0) for record in results["records"]) for key in ("measured_points", "disturbed_points"))
    if not disturbed:
        return ""
    return f"Disturbed: {disturbed} of {measured} measurements had less than {BUSY_CORES} of a core, since something else was running."


def _disturbed(point):
    return point.get("batch_cores", 1) < BUSY_CORES


def unfiltered(points):
    return [point for point in points if "filter" not in point]


def filters_of(points):
    """The filters in these points, as (name, selectivity), in their order."""
    return list(dict.fromkeys((point["filter"], point["selectivity"]) for point in points if "filter" in point))


def with_filter(points, key):
    return [point for point in points if (point.get("filter"), point.get("selectivity")) == key]


def _merge_rounds(rounds):
    """One point for each (filter, ef): medians over the rounds that measured it, and the spread of its qps."""
    groups = {}
    for points in rounds:
        for point in points:
            groups.setdefault((point.get("filter"), point.get("selectivity"), point["ef"]), []).append(point)
    return [_merge_points(group) for group in groups.values()]


def _merge_points(group):
    merged = dict(group[-1])
    for key in _MEDIANS:
        if key in merged:
            merged[key] = median(point[key] for point in group)
    merged["recall"] = median(point["recall"] for point in group)
    merged["qps_min"], merged["qps_max"] = min(point["qps"] for point in group), max(point["qps"] for point in group)
    return merged


def _over_rounds(rounds, target):
    """The spread over the rounds of the queries a second at this recall; None where a round doesn't reach it."""
    rates = [qps_at_recall(points, target) for points in rounds]
    return spread(rates) if rates and None not in rates else None


def _filtered_summary(points):
    """For each filter: its recall at the smallest efSearch that gives the target without a filter, and its rate at the target."""
    reaching = [point["ef"] for point in unfiltered(points) if point["recall"] >= FILTERED_TARGET]
    summaries = []
    for key in filters_of(points):
        own = with_filter(points, key)
        at_same_ef = [point for point in own if reaching and point["ef"] == min(reaching)]
        best = max(own, key=lambda point: (point["recall"], point["qps"]))
        summaries.append(
            {
                "filter": key[0],
                "selectivity": key[1],
                "allowed": own[0].get("allowed"),
                "target": FILTERED_TARGET,
                "ef": min(reaching, default=None),
                "recall_at_ef": at_same_ef[0]["recall"] if at_same_ef else None,
                "qps_at_target": qps_at_recall(own, FILTERED_TARGET),
                "best_recall": best["recall"],
                "qps_at_best_recall": best["qps"],
            }
        )
    return summaries
