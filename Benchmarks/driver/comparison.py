# SPDX-License-Identifier: Apache-2.0
"""Who is compared with whom: the best peers that the ratios in the table and the report are against."""

from driver.engines import engine_with_id


def best_rival_qps(records, target, eight_bit):
    """The median queries a second at this recall of the fastest peer with such storage; None where none reaches it."""
    rates = []
    for record in records:
        engine = engine_with_id(record["id"])
        at_target = record["qps_at_recall"].get(target)
        if engine.is_rival and engine.eight_bit == eight_bit and at_target:
            rates.append(at_target["median"])
    return max(rates, default=None)


def filtered_rate(summary):
    """The rate that a filtered search is compared by: at the target recall, or at its best where it does not reach that."""
    return summary["qps_at_target"] or summary["qps_at_best_recall"]


def filtered_rival(records, key):
    """faiss HNSW Flat's summary for this filter, or None."""
    for record in records:
        if record["id"] == "faiss-hnsw-flat":
            return next((one for one in record["filtered"] if (one["filter"], one["selectivity"]) == key), None)
    return None
