# SPDX-License-Identifier: Apache-2.0
"""The tables, documents and filters of langchain_interop.py, and langchain's side of them."""

import datetime
import hashlib
import uuid
from dataclasses import dataclass, field

import numpy as np
import sqlalchemy
from langchain_core.embeddings import Embeddings
from langchain_postgres import Column, PGEngine, PGVector, PGVectorStore
from langchain_postgres.v2.hybrid_search_config import HybridSearchConfig

DIMENSION = 8
NAMESPACE = uuid.UUID("6f1c1f5e-5d0e-4a55-9d3b-0c6f3d1f0a11")


class HashEmbeddings(Embeddings):
    """The same text has the same vector everywhere; nothing else is promised."""

    def embed_query(self, text):
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
        return [float(number) for number in np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)]

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]


@dataclass
class Row:
    id: str
    content: str
    metadata: dict

    @property
    def embedding(self):
        return HashEmbeddings().embed_query(self.content)

    def line(self):
        """As `vectorstore import` takes it."""
        return {"id": self.id, "content": self.content, "metadata": plain(self.metadata), "embedding": self.embedding}


@dataclass
class Shape:
    """How a table is made: langchain's defaults where nothing else is said."""

    name: str
    table: str
    schema: str = "public"
    id_column: str = "langchain_id"
    id_type: str = "uuid"
    content_column: str = "content"
    embedding_column: str = "embedding"
    json_column: str = "langchain_metadata"
    columns: dict = field(default_factory=dict)
    jsonb: bool = False
    hybrid: bool = False

    def options(self, creating=False):
        """How the command is told of it: only what differs from langchain's defaults. Types are given where the command makes the table."""
        options = ["--table", self.table]
        if self.schema != "public":
            options += ["--schema", self.schema]
        if self.id_column != "langchain_id" or (creating and self.id_type != "text"):
            options += ["--id-column", f"{self.id_column}:{self.id_type}" if creating else self.id_column]
        for option, value, default in (
            ("--content-column", self.content_column, "content"),
            ("--embedding-column", self.embedding_column, "embedding"),
            ("--metadata-json-column", self.json_column, "langchain_metadata"),
        ):
            if value != default:
                options += [option, value]
        for name, kind in self.columns.items():
            options += ["--metadata-column", f"{name}:{kind}" if creating else name]
        return options

    def id(self, number):
        if self.id_type == "bigint":
            return str(number + 1)
        if self.id_type == "uuid":
            return str(uuid.uuid5(NAMESPACE, str(number)))
        return f"doc {number}'s “id”"

    def their_id(self, name):
        """The id as langchain binds it."""
        return int(name) if self.id_type == "bigint" else name


def shapes_of_langchain():
    """Tables that langchain makes."""
    typed = {"year": "integer", "lang": "text", "score": "double precision", "draft": "boolean", "published": "date"}
    return [
        Shape("defaults: uuid, json", "plain"),
        Shape("metadata columns", "columns_table", columns=typed),
        Shape("a tsvector column for hybrid search", "hybrid_table", hybrid=True),
        Shape("metadata columns, hybrid, text ids", "all_table", id_type="text", hybrid=True, columns={"year": "integer", "lang": "text"}),
        Shape("jsonb", "jsonb_table", jsonb=True),
        Shape("text ids", "text_table", id_type="text"),
        Shape("bigint ids", "bigint_table", id_type="bigint", id_column="number"),
        Shape(
            "names with capitals, spaces and hyphens", "My Docs-2", schema="Mixed Case", id_column="docId", content_column="Page Text",
            embedding_column="Vector", json_column="meta",
        ),
    ]  # fmt: skip


def shapes_of_ours():
    """Tables that the command makes."""
    return [
        Shape("our defaults: text ids", "our_plain", id_type="text"),
        Shape("our uuid ids and metadata columns", "our_columns", columns={"year": "integer", "lang": "text", "score": "double precision"}),
        Shape("our names with capitals", "Our Docs", schema="Mixed Case", id_type="text", content_column="pageText", embedding_column="Vector"),
    ]


def rows_for(shape, numbers):
    """Rows whose fields have one type each: on another langchain's filters fail."""
    return [make_row(shape, number) for number in numbers]


def make_row(shape, number):
    languages = ["zh", "en", "de", None]
    metadata = {
        "title": f"Chapter {number}: 100% “quoted” 'text'",
        "score": number % 8 / 8,
        "draft": number % 3 == 0,
        "tags": ["a", f"t{number % 4}"],
        "nested": {"level": number % 5, "名前": "値"},
        "emoji": "👩‍💻 é e\u0301",
    }
    if number % 6:
        metadata["year"] = 2015 + number % 10
    if number % 5:
        metadata["lang"] = languages[number % 4]
    if "published" in shape.columns:
        metadata["published"] = datetime.date(2015 + number % 10, 1 + number % 12, 28)
    words = ["pgvector", "向量数据库", "neighbours", "graph"][number % 4]
    return Row(shape.id(number), f"Passage {number} about {words}.\nLine two, \t“quoted” \\ and 'single'.", metadata)


# Filters that mean the same to both. Where they are written differently they are pairs: langchain's and ours.
FILTERS = [
    None,
    {"year": 2018},
    {"year": {"$eq": 2018}, "lang": {"$ne": "en"}},
    {"year": {"$gte": 2020}},
    {"year": {"$lt": 2018}},
    {"year": {"$between": [2017, 2021]}},
    {"lang": {"$in": ["zh", "de"]}},
    {"lang": {"$nin": ["zh"]}},
    {"lang": {"$ne": "en"}},
    {"lang": {"$exists": False}},
    {"lang": {"$exists": True}},
    {"score": {"$gt": 0.4}},
    {"draft": True},
    {"draft": {"$ne": True}},
    {"title": {"$like": "Chapter 1%"}},
    {"title": {"$ilike": "CHAPTER _: 100\\% %"}},
    {"nested.level": {"$gte": 3}},
    {"$and": [{"year": {"$gte": 2016}}, {"$or": [{"lang": "zh"}, {"draft": True}]}]},
    {"$not": {"year": {"$lt": 2020}}},
    {"$not": [{"lang": "zh"}, {"year": {"$gt": 2022}}]},
    {"year": 1800},
]
DATE_FILTERS = [({"published": {"$gte": datetime.date(2020, 1, 1)}}, {"published": {"$gte": {"$date": "2020-01-01"}}})]


def filters_for(shape):
    """Pairs of langchain's filter and ours."""
    return [(one, one) for one in FILTERS] + (DATE_FILTERS if "published" in shape.columns else [])


def plain(value):
    """Metadata as JSON has it, and without the nulls that langchain returns for empty columns."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items() if part is not None}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else value


class Langchain:
    """langchain's side: tables, stores, searches."""

    def __init__(self, url):
        self.url = sqlalchemy.make_url(url)
        self.engine = PGEngine.from_connection_string(self.url.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False))
        self.sql = sqlalchemy.create_engine(self.url.set(drivername="postgresql+psycopg"))

    def close(self):
        self.engine._run_as_sync(self.engine.close())
        self.sql.dispose()

    def execute(self, statement):
        with self.sql.begin() as connection:
            connection.execute(sqlalchemy.text(statement))

    def make_table(self, shape):
        """The table as langchain makes it."""
        self.execute(f'CREATE SCHEMA IF NOT EXISTS "{shape.schema}"')
        self.engine.init_vectorstore_table(
            shape.table, DIMENSION, schema_name=shape.schema, content_column=shape.content_column, embedding_column=shape.embedding_column,
            metadata_columns=[Column(name, kind) for name, kind in shape.columns.items()], metadata_json_column=shape.json_column,
            id_column=Column(shape.id_column, shape.id_type.upper(), nullable=False),
            hybrid_search_config=self.hybrid_config(shape) if shape.hybrid else None,
        )  # fmt: skip
        if shape.jsonb:
            self.execute(f'ALTER TABLE "{shape.schema}"."{shape.table}" ALTER COLUMN "{shape.json_column}" TYPE jsonb USING "{shape.json_column}"::jsonb')

    @staticmethod
    def hybrid_config(shape, column=True):
        return HybridSearchConfig(tsv_column=f"{shape.content_column}_tsv" if column else "", primary_top_k=5, secondary_top_k=5)

    def open(self, shape, hybrid=None):
        return PGVectorStore.create_sync(
            self.engine, HashEmbeddings(), shape.table, schema_name=shape.schema, id_column=shape.id_column, content_column=shape.content_column,
            embedding_column=shape.embedding_column, metadata_columns=list(shape.columns) or None, metadata_json_column=shape.json_column,
            hybrid_search_config=hybrid,
        )  # fmt: skip

    @staticmethod
    def add(store, shape, rows):
        store.add_embeddings(
            [row.content for row in rows], [row.embedding for row in rows], [dict(row.metadata) for row in rows],
            [shape.their_id(row.id) for row in rows],
        )  # fmt: skip

    @staticmethod
    def search(store, vector, k, filter):
        return [(found.id, distance) for found, distance in store.similarity_search_with_score_by_vector(vector, k=k, filter=filter)]

    @staticmethod
    def read(store, shape, ids):
        """Rows by id: (content, metadata)."""
        return {found.id: (found.page_content, plain(found.metadata)) for found in store.get_by_ids([shape.their_id(one) for one in ids])}


@dataclass
class LegacyCollection:
    """A collection of langchain's first PGVector class, and what a migration of it must yield."""

    name: str
    metadata: dict
    rows: list


# LEGACY COLLECTIONS, for a check of the command's migration: `prepare_legacy` makes the tables langchain_pg_collection and
# langchain_pg_embedding as langchain_postgres.PGVector does, fills them, and returns the rows that must be there afterwards.
def prepare_legacy(langchain):
    collections = []
    for name, numbers in (("manuals", range(0, 30)), ("Notes & “more”", range(30, 42))):
        shape = Shape(name, name, id_type="text")
        rows = rows_for(shape, numbers)
        for row in rows:
            row.metadata["collection"] = name
        store = PGVector(
            HashEmbeddings(), connection=langchain.url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False),
            collection_name=name, collection_metadata={"owner": name}, use_jsonb=True,
        )  # fmt: skip
        store.add_embeddings(
            [row.content for row in rows], [row.embedding for row in rows], [plain(row.metadata) for row in rows], [row.id for row in rows]
        )
        collections.append(LegacyCollection(name, {"owner": name}, rows))
    return collections


def read_legacy(langchain, name):
    """What is in a collection: (id, content, metadata, embedding) by id."""
    statement = sqlalchemy.text(
        "SELECT e.id, e.document, e.cmetadata, e.embedding::text FROM langchain_pg_embedding e "
        "JOIN langchain_pg_collection c ON c.uuid = e.collection_id WHERE c.name = :name"
    )
    with langchain.sql.connect() as connection:
        return {row[0]: row for row in connection.execute(statement, {"name": name})}
