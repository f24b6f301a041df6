# SPDX-License-Identifier: Apache-2.0
"""The HTTP service beside the application that the guide builds with FastAPI and PGVectorStore."""
