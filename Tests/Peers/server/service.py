# SPDX-License-Identifier: Apache-2.0
"""`vectorstore serve` as a child process on a free port."""

import contextlib
import json
import os
import re
import subprocess
import urllib.request


class Service:
    def __init__(self, process: subprocess.Popen, url: str):
        self.process = process
        self.url = url

    def call(self, method: str, path: str, body=None, headers=None) -> tuple[int, bytes]:
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} | (headers or {})
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


@contextlib.contextmanager
def running(command: str, *arguments: str, environment: dict | None = None):
    """Runs the service until the block ends; it has to stop by itself, with exit code 0."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("VECTORSTORE_")} | (environment or {})
    process = subprocess.Popen(
        [command, "serve", "--port", "0", *arguments], stderr=subprocess.PIPE, text=True, env=variables)
    try:
        line = process.stderr.readline()
        found = re.search(r"http://\S+?:\d+", line)
        if not found:
            raise SystemExit(f"the service does not run: {line}{process.stderr.read()}")
        yield Service(process, found[0])
    finally:
        process.terminate()
        try:
            code = process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            raise SystemExit("the service does not stop")
    if code != 0:
        raise SystemExit(f"the service ended with {code}")
