# SPDX-License-Identifier: Apache-2.0
"""Prepares what `vectorstore-bench compare` measures: the peers, the builds, the data. Standard library only."""
