# SPDX-License-Identifier: Apache-2.0
"""A client that costs little, so that what is measured is the service."""

import asyncio
import urllib.parse


class Connection:
    """HTTP/1.1 on one kept connection."""

    def __init__(self, url: str, key: str | None):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port or 80
        self.head = f" HTTP/1.1\r\nHost: {parts.netloc}\r\n" + (f"X-API-Key: {key}\r\n" if key else "")

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection(self.host, self.port, limit=1 << 24)
        return self

    async def call(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        head = f"{method} {path}{self.head}"
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self.writer.write(head.encode() + b"\r\n" + body)
        answer = await self.reader.readuntil(b"\r\n\r\n")
        status = int(answer.split(b" ", 2)[1])
        length = int(next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:")).split(b":")[1])
        return status, await self.reader.readexactly(length)
