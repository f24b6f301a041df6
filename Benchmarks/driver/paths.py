# SPDX-License-Identifier: Apache-2.0
"""Where things are. Everything that a run makes is below `.build`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "Benchmarks"
REQUIREMENTS = BENCHMARKS / "peers" / "requirements.txt"
BUILD = ROOT / ".build"
VENV = BUILD / "peers-venv"
DATA = BUILD / "bench-data"
OUTPUT = BUILD / "bench"
NATIVE_BUILD = BUILD / "native"


def shown(path):
    """A path as messages and results show it: relative to the package where it lies inside."""
    try:
        return str(Path(path).resolve().relative_to(ROOT))
    except ValueError:
        return Path(path).name
