# SPDX-License-Identifier: Apache-2.0
"""Progress on standard error."""

import sys
import time

_STARTED = time.monotonic()


def say(message):
    """One line, with the minutes and seconds since the start."""
    minutes, seconds = divmod(int(time.monotonic() - _STARTED), 60)
    print(f"[{minutes:3d}:{seconds:02d}] {message}", file=sys.stderr, flush=True)
