# SPDX-License-Identifier: Apache-2.0
"""One engine's process, spoken to by the serve protocol of Benchmarks/README.md."""

import json
import os
import select
import subprocess
import time


class SessionError(RuntimeError):
    """The process ended, kept silent too long, or answered with an error."""


class Session:
    """A runner that has been started and has built its index. Idle between requests."""

    def __init__(self, engine, command, log_path, timeout):
        self.engine, self.log_path, self.timeout = engine, log_path, timeout
        self._buffer = b""
        with open(log_path, "wb") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        try:
            self.description = self._reply()
            if not self.description.pop("ready", False):
                raise SessionError("its first line isn't the protocol's ready line")
        except SessionError:
            self._process.kill()
            self.close()
            raise

    def ask(self, **request):
        """Sends one request and returns the reply."""
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise SessionError(self._last_words()) from None
        reply = self._reply()
        if "error" in reply:
            raise SessionError(reply["error"])
        return reply

    def close(self):
        """Ends the process."""
        try:
            self._process.stdin.close()
            self._process.wait(timeout=30)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def _reply(self):
        line = self._read_line()
        try:
            reply = json.loads(line)
        except ValueError:
            raise SessionError(f"not a line of the protocol: {line[:200]!r}") from None
        if not isinstance(reply, dict):
            raise SessionError(f"not an object: {line[:200]!r}")
        return reply

    def _read_line(self):
        deadline = time.monotonic() + self.timeout
        output = self._process.stdout.fileno()
        while b"\n" not in self._buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([output], [], [], left)[0]:
                self._process.kill()
                raise SessionError(f"no answer in {self.timeout} s")
            chunk = os.read(output, 1 << 16)
            if not chunk:
                raise SessionError(self._last_words())
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _last_words(self):
        status = self._process.wait()
        lines = self.log_path.read_text(errors="replace").strip().splitlines()[-3:]
        return f"ended with status {status}: " + (" / ".join(lines) or "and no message")
