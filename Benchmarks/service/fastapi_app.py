# SPDX-License-Identifier: Apache-2.0
"""The guide's application: FastAPI and langchain-postgres's PGVectorStore, its two routes as the guide has them.

The store is made once, at the start: the guide's other form makes one for each request, which asks the server for the table's columns each
time. The embedder costs nothing: it looks the query's vector up. SERVICE_DATABASE, SERVICE_TABLE, SERVICE_VECTORS (JSON: text → vector)
and SERVICE_POOL say what is served.
"""

import json
import os
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_postgres import PGEngine, PGVectorStore
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import create_async_engine

state = {}


class KnownVectors(Embeddings):
    def __init__(self, vectors):
        self.vectors = vectors

    def embed_query(self, text):
        return self.vectors[text]

    def embed_documents(self, texts):
        return [self.vectors[text] for text in texts]

    async def aembed_query(self, text):
        # Without the thread that the base class takes for it.
        return self.vectors[text]


@asynccontextmanager
async def lifespan(app):
    engine = create_async_engine(
        make_url(os.environ["SERVICE_DATABASE"]).set(drivername="postgresql+asyncpg"), pool_size=int(os.environ["SERVICE_POOL"]), max_overflow=0
    )
    vectors = json.loads(Path(os.environ["SERVICE_VECTORS"]).read_text())
    state["store"] = await PGVectorStore.create(
        engine=PGEngine.from_engine(engine), table_name=os.environ["SERVICE_TABLE"], embedding_service=KnownVectors(vectors)
    )
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


@app.post("/documents")
async def add_documents(docs: list[dict]):
    documents = [Document(page_content=doc["content"], metadata=doc.get("metadata", {})) for doc in docs]
    await state["store"].aadd_documents(documents)
    return {"status": "success", "count": len(documents)}


@app.get("/search")
async def search(query: str, k: int = 5):
    results = await state["store"].asimilarity_search(query, k=k)
    return [{"content": doc.page_content, "metadata": doc.metadata} for doc in results]
