# SPDX-License-Identifier: Apache-2.0
"""Embedded stores of others, as `compare_stores.py` measures them beside ours."""
