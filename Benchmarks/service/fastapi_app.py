# SPDX-License-Identifier: Apache-2.0
"""The guide's application: FastAPI and langchain-postgres's PGVectorStore, its two routes as the guide has them.

SERVICE_FORM is `guide`, as its chapter on FastAPI has it: the engine from a connection string, and by dependency injection a store for each
request, which asks the server for the table's columns each time; or `tuned`, the fastest that we know: one store, made at the start, on an
engine of the loop that serves. What uvicorn runs on is for run.py to say: plain (asyncio's loop and h11, all that `pip install fastapi uvicorn`
gives; the guide names no server) and on uvloop and httptools for the first, the latter for the second. The embedder costs nothing: it looks the
query's vector up. SERVICE_DATABASE, SERVICE_TABLE, SERVICE_VECTORS (JSON: text → vector) and SERVICE_POOL say what is served.
"""

import json
import os
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
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


async def make_store():
    return await PGVectorStore.create(engine=state["engine"], table_name=os.environ["SERVICE_TABLE"], embedding_service=state["embedder"])


@asynccontextmanager
async def lifespan(app):
    state["embedder"] = KnownVectors(json.loads(Path(os.environ["SERVICE_VECTORS"]).read_text()))
    url = make_url(os.environ["SERVICE_DATABASE"]).set(drivername="postgresql+asyncpg")
    pool = {"pool_size": int(os.environ["SERVICE_POOL"]), "max_overflow": 0}
    if os.environ["SERVICE_FORM"] == "guide":
        state["engine"] = PGEngine.from_connection_string(url=url.render_as_string(hide_password=False), **pool)
    else:
        state["engine"] = PGEngine.from_engine(create_async_engine(url, **pool))
        state["store"] = await make_store()
    yield
    await state["engine"].close()


app = FastAPI(lifespan=lifespan)


async def get_vector_store() -> PGVectorStore:
    return state.get("store") or await make_store()


@app.post("/documents")
async def add_documents(docs: list[dict], vector_store: PGVectorStore = Depends(get_vector_store)):
    documents = [Document(page_content=doc["content"], metadata=doc.get("metadata", {})) for doc in docs]
    await vector_store.aadd_documents(documents)
    return {"status": "success", "count": len(documents)}


@app.get("/search")
async def search(query: str, k: int = 5, vector_store: PGVectorStore = Depends(get_vector_store)):
    results = await vector_store.asimilarity_search(query, k=k)
    return [{"content": doc.page_content, "metadata": doc.metadata} for doc in results]
