# SPDX-License-Identifier: Apache-2.0
"""The runner's side of the serve protocol; Benchmarks/README.md is its specification."""

import gc
import json
import sys

from annbench.machine import describe_machine
from peers.measure import measure_build, measure_points
from peers.memory import measure_memory
from peers.workload import Workload

PROTOCOL = 1


class Runner:
    """One engine with its index built, answering requests."""

    def __init__(self, peer, options, command):
        self.peer, self.options, self.command = peer, options, command
        self.workload = Workload(options, peer.normalises_cosine)
        self.tasks = self.workload.tasks()
        self.efs = [0] if options.index == "exact" else options.ef
        self.index, self.build_seconds = measure_build(peer, self.workload, options.threads)
        gc.collect()

    def description(self):
        """The results without points and without memory."""
        return {
            "engine": self.peer.engine,
            "version": self.peer.version(),
            "dataset": self.options.dataset,
            "n": self.workload.count,
            "dim": self.workload.dimension,
            "queries": len(self.workload.queries),
            "k": self.options.k,
            "metric": self.options.metric,
            "storage": self.options.storage,
            "params": self.peer.parameters(),
            "threads": self.options.threads,
            "build_seconds": round(self.build_seconds, 4),
            "machine": describe_machine(),
            "points": [],
        }

    def ready(self):
        return {"ready": True, "protocol": PROTOCOL, **self.description()}

    def answer(self, request):
        """The reply to one request. Raises ValueError for one that isn't of the protocol."""
        if "round" in request:
            tasks = self.tasks if request.get("filters", True) else self.tasks[:1]
            points = measure_points(self.peer, self.index, self.workload, tasks, self.efs)
            return {"round": request["round"], "points": points}
        if request.get("build"):
            threads = request.get("threads", self.options.threads)
            _, seconds = measure_build(self.peer, self.workload, threads)
            gc.collect()
            return {"build": True, "threads": threads, "build_seconds": round(seconds, 4)}
        if request.get("memory"):
            return {"memory": True, **measure_memory(self.peer, self.index, self.command)}
        raise ValueError(f"a request has one of round, build, memory and exit, not {sorted(request)}")

    def measure_once(self):
        """Everything in one document, for --json."""
        points = self.answer({"round": 1})["points"]
        memory = self.answer({"memory": True})
        del memory["memory"]
        return {**self.description(), **memory, "points": points}


def serve(runner, replies, requests=sys.stdin):
    """Answers a request a line until {"exit": true} or the end of input. A failed request is answered by its error."""
    _write(replies, runner.ready())
    for line in requests:
        if not line.strip():
            continue
        try:
            request = json.loads(line)
            if not isinstance(request, dict):
                raise ValueError("a request is a JSON object")
            if request.get("exit"):
                return
            reply = runner.answer(request)
        except Exception as error:  # one request must not end the others' measurements
            reply = {"error": f"{type(error).__name__}: {error}"}
        _write(replies, reply)


def _write(replies, value):
    replies.write(json.dumps(value) + "\n")
    replies.flush()
