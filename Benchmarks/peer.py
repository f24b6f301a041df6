# SPDX-License-Identifier: Apache-2.0
"""Measures one peer: `peer.py faiss --storage int8 --base … --query … --metric cosine --json OUT`."""

import json
import os
import sys

from peers import make_peer
from peers.options import parse_options, pin_threads

EXIT_FAILED, EXIT_USAGE, EXIT_NOT_INSTALLED = 1, 2, 3


def main():
    options = parse_options()
    pin_threads(options.threads)
    replies = _private_stdout()
    try:
        peer = make_peer(options.peer, options)
    except ImportError as error:
        return _fail(EXIT_NOT_INSTALLED, f"{options.peer} can't be used: {error}. Install Benchmarks/peers/requirements.txt.")
    except ValueError as error:
        return _fail(EXIT_USAGE, error)
    try:
        return _run(peer, options, replies)
    except (OSError, ValueError, RuntimeError) as error:
        return _fail(EXIT_FAILED, error)


def _run(peer, options, replies):
    from peers.memory import report_memory_of_opened
    from peers.serve import Runner, serve

    if options.open_folder:
        print(json.dumps(report_memory_of_opened(peer, options)), file=replies)
        return 0
    runner = Runner(peer, options, [sys.executable, *sys.argv])
    if options.serve:
        serve(runner, replies)
    else:
        options.json.write_text(json.dumps(runner.measure_once(), indent=1) + "\n")
    return 0


def _private_stdout():
    """Standard output for us alone: whatever a library prints there goes to standard error instead."""
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return replies


def _fail(status, message):
    print(f"peer.py: {message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
