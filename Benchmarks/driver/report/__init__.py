# SPDX-License-Identifier: Apache-2.0
"""The report: one HTML file with its style, script and drawings inside."""
