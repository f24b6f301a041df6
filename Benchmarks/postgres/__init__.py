# SPDX-License-Identifier: Apache-2.0
"""The store on PostgreSQL beside langchain-postgres and bare libpq; `scripts/bench --postgres` runs it."""
