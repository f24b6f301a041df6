# SPDX-License-Identifier: Apache-2.0
"""Tests of the benchmark's own arithmetic: `python -m unittest discover -s Benchmarks/tests -t Benchmarks` with NumPy."""
