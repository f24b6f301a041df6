#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Load for a running `vectorstore serve`: POST /search with ready vectors, and a soak of mixed requests.

    serve_load.py latency --url http://127.0.0.1:8080 [--requests 5000] [--connections 1] [--queries FILE] [--k 10]
    serve_load.py soak    --url http://127.0.0.1:8080 [--seconds 600] [--connections 1000]

Writes a JSON object. Needs only Python's standard library. `latency` times requests one after another, from the first byte sent to the last
byte read. What the service adds to the library is a request's time less the time of the call `VectorStore.search` within that same request,
which `explain` tells: one process, one store, one query; the longer answer counts against the service. Then all connections ask at once.
`soak` keeps the connections open, writes, reads, searches and deletes on them, checks every answer, and reads the service's memory from
/metrics; at the end every document that was acknowledged and not deleted has to be there.
"""

import argparse
import asyncio
import json
import random
import struct
import time

from service.connection import Connection


def unit(generator: random.Random, dimension: int) -> list[float]:
    vector = [generator.gauss(0, 1) for _ in range(dimension)]
    norm = sum(x * x for x in vector) ** 0.5
    return [round(x / norm, 6) for x in vector]


def percentile(sorted_times: list[float], share: float) -> float:
    return round(sorted_times[min(len(sorted_times) - 1, int(share * len(sorted_times)))] * 1000, 3)


async def dimension_of(connection: Connection) -> int:
    status, body = await connection.call("GET", "/stats")
    assert status == 200, body
    return json.loads(body)["dimension"]


def read_fvecs(path: str, count: int) -> list[list[float]]:
    """The first vectors of an .fvecs file: each its dimension as int32, then so many float32."""
    vectors = []
    with open(path, "rb") as file:
        while len(vectors) < count and (head := file.read(4)):
            (dimension,) = struct.unpack("<i", head)
            vectors.append([round(x, 7) for x in struct.unpack(f"<{dimension}f", file.read(4 * dimension))])
    return vectors


async def latency(options) -> dict:
    connections = [await Connection(options.url, options.key).open() for _ in range(options.connections)]
    dimension = await dimension_of(connections[0])
    generator = random.Random(1)
    if options.queries:
        vectors = read_fvecs(options.queries, 500)
    else:
        vectors = [unit(generator, dimension) for _ in range(500)]
    plain = [json.dumps({"vector": vector, "k": options.k}).encode() for vector in vectors]
    explained = [json.dumps({"vector": vector, "k": options.k, "explain": True}).encode() for vector in vectors]
    times: list[float] = []
    inside: list[float] = []
    above: list[float] = []
    light: list[float] = []

    async def timed(connection: Connection, method: str, path: str, body: bytes = b"") -> tuple[float, bytes]:
        start = time.perf_counter()
        status, answer = await connection.call(method, path, body)
        took = time.perf_counter() - start
        assert status == 200, answer
        return took, answer

    async def ask(connection: Connection, count: int, offset: int, into: list[float]):
        for number in range(count):
            into.append((await timed(connection, "POST", "/search", plain[(offset + number) % len(plain)]))[0])

    await ask(connections[0], 500, 0, [])
    # One after another, in turns; what the same request's search took within is subtracted from it, so that no drift gets in.
    for number in range(options.requests):
        query = number % len(plain)
        await ask(connections[0], 1, query, times)
        took, answer = await timed(connections[0], "POST", "/search", explained[query])
        inside.append(json.loads(answer)["explanation"]["times"]["total_ms"] / 1000)
        above.append(took - inside[-1])
        light.append((await timed(connections[0], "GET", "/healthz"))[0])
    crowd: list[float] = []
    start = time.perf_counter()
    await asyncio.gather(*(ask(c, options.requests // len(connections), n * 37, crowd) for n, c in enumerate(connections)))
    seconds = time.perf_counter() - start
    for list_ in (times, inside, above, light, crowd):
        list_.sort()
    return {
        "requests": len(times), "p50_ms": percentile(times, 0.5), "p95_ms": percentile(times, 0.95), "p99_ms": percentile(times, 0.99),
        "library_p50_ms": percentile(inside, 0.5), "library_p99_ms": percentile(inside, 0.99),
        "above_the_library_p50_ms": percentile(above, 0.5), "above_the_library_p99_ms": percentile(above, 0.99),
        "healthz_p50_ms": percentile(light, 0.5),
        "connections": len(connections), "requests_per_second": round(len(crowd) / seconds), "crowd_p50_ms": percentile(crowd, 0.5),
        "crowd_p99_ms": percentile(crowd, 0.99),
    }


async def resident(connection: Connection) -> int:
    _, body = await connection.call("GET", "/metrics")
    line = next((x for x in body.decode().splitlines() if x.startswith("process_resident_memory_bytes ")), None)
    return int(line.split()[1]) if line else 0


async def soak(options) -> dict:
    watcher = await Connection(options.url, options.key).open()
    dimension = await dimension_of(watcher)
    before = json.loads((await watcher.call("GET", "/count"))[1])["count"]
    alive: dict[str, int] = {}
    statuses: dict[int, int] = {}
    wrong: list[str] = []
    end = time.monotonic() + options.seconds
    memory = []

    async def work(number: int):
        generator = random.Random(number)
        connection = await Connection(options.url, options.key).open()
        turn = 0
        while time.monotonic() < end:
            # Each connection is idle most of the time, as a thousand of them are.
            await asyncio.sleep(generator.uniform(0.5, 1.5) * options.pause)
            turn += 1
            id = f"soak-{number}-{turn % 8}"
            choice = generator.random()
            if choice < 0.70:
                call = ("POST", "/search", json.dumps({"vector": unit(generator, dimension), "k": 10}).encode())
            elif choice < 0.80:
                call = ("GET", f"/documents/{id}", b"")
            elif choice < 0.95:
                body = {"content": f"document {id} of turn {turn}", "embedding": unit(generator, dimension), "metadata": {"turn": turn}}
                call = ("PUT", f"/documents/{id}", json.dumps(body).encode())
            else:
                call = ("DELETE", f"/documents/{id}", b"")
            status, body = await connection.call(*call)
            statuses[status] = statuses.get(status, 0) + 1
            if call[0] == "PUT" and status == 200:
                alive[id] = turn
            elif call[0] == "DELETE" and status in (200, 404):
                if (status == 200) != (id in alive):
                    wrong.append(f"{call[1]} {status}")
                alive.pop(id, None)
            elif call[0] == "GET" and "documents" in call[1]:
                known = alive.get(id)
                if (status == 200) != (known is not None) or known is not None and json.loads(body)["metadata"]["turn"] != known:
                    wrong.append(f"{call[1]} {status}")
            elif status != 200:
                wrong.append(f"{call[0]} {call[1]} {status} {body[:200]!r}")
        connection.writer.close()

    async def watch():
        while time.monotonic() < end:
            memory.append(round((await resident(watcher)) / 1e6, 1))
            await asyncio.sleep(max(1, options.seconds / 30))

    start = time.monotonic()
    tasks = [asyncio.create_task(work(n)) for n in range(options.connections)]
    await asyncio.gather(watch(), *tasks)
    seconds = time.monotonic() - start
    missing = 0
    for id, turn in alive.items():
        status, body = await watcher.call("GET", f"/documents/{id}")
        if status != 200 or json.loads(body)["metadata"]["turn"] != turn:
            missing += 1
    after = json.loads((await watcher.call("GET", "/count"))[1])["count"]
    requests = sum(statuses.values())
    return {
        "connections": options.connections, "seconds": round(seconds), "requests": requests,
        "requests_per_second": round(requests / seconds), "statuses": dict(sorted(statuses.items())), "wrong": wrong[:10],
        "wrong_count": len(wrong), "acknowledged_and_alive": len(alive), "missing": missing,
        "count_agrees": after - before == len(alive), "resident_mb": memory,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["latency", "soak"])
    parser.add_argument("--url", required=True)
    parser.add_argument("--key")
    parser.add_argument("--connections", type=int)
    parser.add_argument("--requests", type=int, default=5_000)
    parser.add_argument("--queries", metavar="FILE", help="latency: query vectors (.fvecs); made at random if not given")
    parser.add_argument("--k", type=int, default=10, help="latency: documents of an answer")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--pause", type=float, default=3.0, help="soak: seconds between a connection's requests, about")
    options = parser.parse_args()
    if options.connections is None:
        options.connections = 1 if options.mode == "latency" else 1_000
    print(json.dumps(asyncio.run((latency if options.mode == "latency" else soak)(options)), indent=1))


if __name__ == "__main__":
    main()
