# SPDX-License-Identifier: Apache-2.0
"""Timing of one point: one query at a time, then all in one call."""

import gc
import sys
import time

import numpy as np


def measure_build(peer, workload, threads):
    """A new index and the seconds it took, the vectors already in memory."""
    vectors = workload.vectors()
    gc.collect()
    started = time.perf_counter()
    index = peer.build(vectors, threads)
    return index, time.perf_counter() - started


def measure_points(peer, index, workload, tasks, efs):
    """The points of one round, in the order of the tasks and of `efs`."""
    points = []
    for task in tasks:
        for ef in efs:
            searcher = peer.searcher(index, ef, task.mask)
            if not points:
                searcher.batch(workload.queries)  # warms caches and lazily made buffers; not timed
            points.append(_measure_point(searcher, ef, task, workload))
    return points


def _measure_point(searcher, ef, task, workload):
    options = workload.options
    latencies, single_answers = _time_single(searcher.one, workload.queries, options.min_seconds)
    batch_seconds, batch_cores, batch_answers = _time_batch(searcher.batch, workload.queries, options.min_seconds)
    if options.threads == 1 and batch_cores > 1.2:
        print(f"warning: one thread was asked for, but the batch at ef {ef} used {batch_cores:.1f} cores", file=sys.stderr)
    qps_single = len(latencies) / (latencies.sum() / 1e9)
    qps_batch = len(workload.queries) / batch_seconds
    single = _as_matrix(single_answers, options.k)
    batch = _as_matrix(batch_answers, options.k)
    percentiles = np.percentile(latencies, (50, 95, 99)) / 1e3
    point = {
        "ef": ef,
        "recall": round(min(task.meter.recall(single), task.meter.recall(batch)), 6),
        "qps": round(max(qps_single, qps_batch), 2),
        "qps_single": round(qps_single, 2),
        "qps_batch": round(qps_batch, 2),
        **{name: round(float(value), 2) for name, value in zip(("p50_us", "p95_us", "p99_us"), percentiles)},
        "batch_cores": round(batch_cores, 2),
        **searcher.details,
    }
    if task.filter:
        point |= {"filter": task.filter.name, "selectivity": round(task.filter.selectivity, 6), "allowed": task.filter.allowed}
        if wrong := task.meter.violations(single) + task.meter.violations(batch):
            point["violations"] = wrong
    return point


def _time_single(one, queries, min_seconds):
    """Nanoseconds of every call over whole passes, and the first pass's answers."""
    rows = [queries[number : number + 1] for number in range(len(queries))]
    clock = time.perf_counter_ns
    latencies, answers = [], []
    deadline = clock() + int(min_seconds * 1e9)
    while True:
        for row in rows:
            started = clock()
            answer = one(row)
            latencies.append(clock() - started)
            if len(answers) < len(rows):
                answers.append(answer)
        if clock() >= deadline:
            return np.array(latencies, dtype=np.float64), answers


def _time_batch(batch, queries, min_seconds):
    """Seconds of a pass (the mean of those made), cores in use meanwhile, and the answers."""
    started, cpu_started, passes = time.perf_counter(), time.process_time(), 0
    while True:
        answers = batch(queries)
        passes += 1
        elapsed = time.perf_counter() - started
        if elapsed >= min_seconds:
            return elapsed / passes, (time.process_time() - cpu_started) / elapsed, answers


def _as_matrix(answers, k):
    """The answers, of whatever lengths, as (queries, k) ids padded with -1."""
    matrix = np.full((len(answers), k), -1, dtype=np.int64)
    for number, answer in enumerate(answers):
        ids = np.asarray(answer).reshape(-1)[:k]
        matrix[number, : len(ids)] = ids
    return matrix
