# SPDX-License-Identifier: Apache-2.0
"""Runs every engine in turns, merges the rounds and draws the report. Standard library only."""
