# SPDX-License-Identifier: Apache-2.0
"""What every part of the benchmark shares: files, exact answers, filters, recall, the machine."""
