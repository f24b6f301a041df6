#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that langchain-postgres and `vectorstore` share tables. scripts/test runs it.

    langchain_interop.py --url postgresql://… --command vectorstore
    langchain_interop.py --url postgresql://… --python-only

First tables that langchain makes and fills are read, searched, filtered and changed by the command, then tables that the command makes by
langchain; each reads again what the other wrote. Both must find the same ids at the same distances for the same vectors and filters.
Everything happens in a database of its own, which is dropped at the end. Each check is a line; exit code 1 if one failed.

--python-only leaves the command out and checks only that langchain does what the script expects of it.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import sqlalchemy
from langchain_tables import (
    DIMENSION, HashEmbeddings, Langchain, filters_for, make_row, plain, prepare_legacy, read_legacy, rows_for, shapes_of_langchain, shapes_of_ours,
)  # fmt: skip

ROWS = 40
QUERIES = [HashEmbeddings().embed_query(text) for text in ("what is a graph?", "向量", "")]
TOLERANCE = 1e-6


class Checks:
    """Counts and prints checks."""

    def __init__(self):
        self.done = self.failed = 0
        self.place = ""

    def __call__(self, what, passed, detail=""):
        self.done += 1
        self.failed += not passed
        print(f"{'ok    ' if passed else 'FAILED'} {self.place}: {what}" + (f"\n         {detail}" if detail and not passed else ""), flush=True)

    def same(self, what, ours, theirs):
        """Two values that must be equal; where they differ the first difference is shown."""
        self(what, ours == theirs, first_difference(ours, theirs))

    @contextlib.contextmanager
    def part(self, place):
        """Checks of one table. What goes wrong in it is a failure, and the next table is tried."""
        self.place = place
        try:
            yield
        except CommandFailed as error:
            self("the command does what it is asked", False, str(error))
        except Exception as error:  # noqa: BLE001  langchain and its drivers raise anything
            self("langchain does what it is asked", False, f"{type(error).__name__}: {error}".split("\n[SQL")[0][:600])


class CommandFailed(Exception):
    pass


class Command:
    """`vectorstore` with a store's URL."""

    def __init__(self, path, url):
        self.path, self.url = path, url
        # Settings of the user must not be part of it.
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("VECTORSTORE_")}

    def __call__(self, shape, *arguments, creating=False, allow=(0,), json_lines=True):
        line = [str(self.path), *map(str, arguments), "--store", self.url, *shape.options(creating), *(["--json"] if json_lines else [])]
        run = subprocess.run(line, capture_output=True, text=True, env=self.environment, timeout=120)
        if run.returncode not in allow:
            raise CommandFailed(f"exit code {run.returncode} of: {' '.join(line[1:])}\n         {run.stderr.strip()[:600]}")
        return [json.loads(answer) for answer in run.stdout.split("\n") if answer.strip()] if json_lines else run.stdout

    def search(self, shape, vector, k, filter):
        arguments = ["search", "--vector", json.dumps(vector), "-k", k, "--exact"]
        if filter is not None:
            arguments += ["--filter", json.dumps(filter)]
        return [(hit["id"], hit["distance"]) for hit in self(shape, *arguments)]

    def count(self, shape, filter=None):
        return self(shape, "count", *(["--filter", json.dumps(filter)] if filter is not None else []))[0]["count"]

    def get(self, shape, ids):
        return {found["id"]: (found["content"], plain(found["metadata"])) for found in self(shape, "get", *ids, allow=(0, 3))}

    def export(self, shape):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "export.jsonl"
            self(shape, "export", file, json_lines=False)
            return {line["id"]: line for line in map(json.loads, file.read_text(encoding="utf-8").split("\n")[:-1])}

    def add(self, shape, rows, creating=False):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "import.jsonl"
            file.write_text("".join(json.dumps(row.line(), ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
            return self(shape, "import", file, creating=creating)[0]


def main():
    options = parse_options()
    check = Checks()
    with own_database(options.url) as url:
        langchain = Langchain(url)
        command = None if options.python_only else Command(options.command, url)
        if command is None:
            print("the command is left out: only langchain is checked")
        try:
            for shape in shapes_of_langchain():
                with check.part(f"langchain's table, {shape.name}"):
                    their_table(check, shape, langchain, command)
            for shape in shapes_of_ours():
                with check.part(f"our table, {shape.name}"):
                    our_table(check, shape, langchain, command)
            with check.part("legacy collections"):
                legacy(check, langchain)
        finally:
            langchain.close()
    print(f"{check.done} checks, {check.failed} failed")
    return 1 if check.failed else 0


def their_table(check, shape, langchain, command):
    """(a) langchain makes and fills a table; the command reads and changes it; langchain reads that."""
    rows = rows_for(shape, range(ROWS))
    langchain.make_table(shape)
    hybrid = langchain.hybrid_config(shape) if shape.hybrid else None
    store = langchain.open(shape, hybrid)
    langchain.add(store, shape, rows)
    # Its plain searches become hybrid ones where the store has a configuration.
    reader = langchain.open(shape)
    expected = {row.id: (row.content, plain(row.metadata)) for row in rows}
    check.same("langchain reads what it wrote", langchain.read(reader, shape, list(expected)), expected)
    searches = their_searches(shape, langchain, reader)
    check("langchain's searches find something", sum(map(len, searches.values())) > 300)
    if command is None:
        their_changes(check, shape, langchain, store, command)
        return

    check.same("count", command.count(shape), ROWS)
    check.same("get", command.get(shape, list(expected)), expected)
    check_export(check, command, shape, rows)
    check_searches(check, command, shape, searches)
    our_changes(check, shape, langchain, reader, command, rows)
    if shape.hybrid:
        check_keywords(check, shape, langchain, command, store)
    their_changes(check, shape, langchain, store, command)


def our_table(check, shape, langchain, command):
    """(b) the command makes and fills a table; langchain searches and changes it; the command reads that."""
    rows = rows_for(shape, range(ROWS))
    langchain.execute(f'CREATE SCHEMA IF NOT EXISTS "{shape.schema}"')
    if command is None:
        # Stands for ours, so that langchain's half is seen to work.
        langchain.make_table(shape)
        langchain.add(langchain.open(shape), shape, rows)
    else:
        check.same("import", command.add(shape, rows, creating=True), {"added": ROWS, "updated": 0})
    reader = langchain.open(shape)
    expected = {row.id: (row.content, plain(row.metadata)) for row in rows}
    check.same("langchain reads it", langchain.read(reader, shape, list(expected)), expected)
    searches = their_searches(shape, langchain, reader)
    check("langchain's searches find something", sum(map(len, searches.values())) > 300)
    if command is not None:
        check_searches(check, command, shape, searches)
        check_export(check, command, shape, rows)

    hybrid = langchain.open(shape, langchain.hybrid_config(shape, column=False))
    # A store with a configuration keeps the words of its first query for ever, so each gets one query.
    found = hybrid.similarity_search("graph", k=10)
    check("langchain's hybrid search", any("graph" in document.page_content for document in found), f"{[one.id for one in found]}")
    their_changes(check, shape, langchain, reader, command)
    if command is not None:
        our_changes(check, shape, langchain, reader, command, rows_for(shape, range(5, 15)))


def their_searches(shape, langchain, store):
    """What langchain finds, by the number of the query and of the filter."""
    return {
        (query, number): langchain.search(store, vector, 7, theirs)
        for query, vector in enumerate(QUERIES)
        for number, (theirs, _) in enumerate(filters_for(shape))
    }


def check_searches(check, command, shape, searches):
    """The same ids in the same order, distances to 1e-6, and counts that agree with the filters."""
    differences = []
    for (query, number), theirs in searches.items():
        ours = command.search(shape, QUERIES[query], 7, filters_for(shape)[number][1])
        same = [one for one, _ in ours] == [one for one, _ in theirs] and all(abs(a[1] - b[1]) <= TOLERANCE for a, b in zip(ours, theirs))
        if not same:
            differences.append(f"query {query}, filter {filters_for(shape)[number][0]}\n           ours   {ours}\n           theirs {theirs}")
    check(f"{len(searches)} searches find the same at the same distances", not differences, f"{len(differences)} differ, first " + "".join(differences[:1]))


def check_export(check, command, shape, rows):
    exported = command.export(shape)
    expected = {row.id: row.line() for row in rows}
    check.same("export: ids", sorted(exported), sorted(expected))
    ours = {one: (line["content"], plain(line["metadata"]), line["embedding"]) for one, line in exported.items()}
    theirs = {one: (line["content"], line["metadata"], line["embedding"]) for one, line in expected.items()}
    close = all(one in ours and len(ours[one][2]) == DIMENSION and max(map(abs, map(float.__sub__, map(float, ours[one][2]), theirs[one][2]))) < 1e-6 for one in theirs)
    check("export: vectors", close)
    check.same("export: contents and metadata", {one: row[:2] for one, row in ours.items()}, {one: row[:2] for one, row in theirs.items()})


def our_changes(check, shape, langchain, reader, command, rows):
    """The command updates, adds, replaces and deletes; langchain sees it."""
    updated = rows[0]
    command(shape, "update", updated.id, "--metadata", json.dumps({"year": 1999, "note": "später"}))
    expected = (updated.content, plain(updated.metadata) | {"year": 1999, "note": "später"})
    check.same("our update, read by langchain", langchain.read(reader, shape, [updated.id]), {updated.id: expected})
    check.same("our update, found by langchain's filter", [one for one, _ in langchain.search(reader, QUERIES[0], 5, {"year": 1999})], [updated.id])

    added = rows_for(shape, range(100, 103))
    replaced = make_row(shape, 101)
    replaced.id, replaced.content = rows[1].id, "Replaced: a zeppelin over the lake."
    report = command.add(shape, [*added, replaced])
    check.same("our import: counts", (report["added"], report["updated"]), (3, 1))
    expected = {row.id: (row.content, plain(row.metadata)) for row in [*added, replaced]}
    check.same("our import, read by langchain", langchain.read(reader, shape, list(expected)), expected)
    nearest = langchain.search(reader, replaced.embedding, 1, None)
    check("our import, found by langchain's search", nearest and nearest[0][0] == replaced.id and nearest[0][1] < 1e-6, str(nearest))

    deleted = command(shape, "delete", "--id", added[0].id, added[1].id)[0]
    check.same("our delete by id: count", deleted["deleted"], 2)
    check.same("our delete by id, read by langchain", sorted(langchain.read(reader, shape, [row.id for row in added])), [added[2].id])
    deleted = command(shape, "delete", "--filter", json.dumps({"year": 1999}))[0]
    check.same("our delete by filter: count", deleted["deleted"], 1)
    check.same("our delete by filter, read by langchain", langchain.read(reader, shape, [updated.id]), {})


def check_keywords(check, shape, langchain, command, store):
    """What the command wrote has its words in the tsvector column."""
    found = store.similarity_search("zeppelin", k=10)
    check("our import, found by langchain's words", any("zeppelin" in document.page_content for document in found), str([one.id for one in found]))


def their_changes(check, shape, langchain, store, command):
    """langchain adds, replaces and deletes; the command sees it."""
    added = rows_for(shape, range(200, 204))
    langchain.add(store, shape, added)
    added[1].content = "Replaced by langchain."
    langchain.add(store, shape, added[1:2])
    if shape.id_column == shape.id_column.lower():
        store.delete([shape.their_id(added[0].id)])
    else:
        # It leaves the id's name unquoted in DELETE, so where that has capitals it can't. Nor can it filter by a JSON column with capitals.
        langchain.execute(f"""DELETE FROM "{shape.schema}"."{shape.table}" WHERE "{shape.id_column}" = '{added[0].id}'""")
    if shape.id_type == "text":
        (made,) = store.add_texts(["No id was given."], [{"year": 1234}])
        check.same("langchain's own id, read by langchain", list(langchain.read(store, shape, [made])), [made])
        if command is not None:
            check.same("langchain's own id, read by us", command.get(shape, [made]), {made: ("No id was given.", {"year": 1234})})
    remaining = {row.id: (row.content, plain(row.metadata)) for row in added[1:]}
    check.same("langchain's writes, read by langchain", langchain.read(store, shape, [row.id for row in added]), remaining)
    if command is None:
        return
    check.same("langchain's writes, read by us", command.get(shape, [row.id for row in added]), remaining)
    nearest = command.search(shape, added[1].embedding, 1, None)
    check("langchain's writes, found by us", nearest and nearest[0][0] == added[1].id and abs(nearest[0][1]) < 1e-6, str(nearest))
    index_of_each(check, shape, langchain, store, command)


def index_of_each(check, shape, langchain, store, command):
    """An index that the command makes leaves langchain's answers as they are."""
    if shape.name.startswith("our defaults"):
        before = langchain.search(store, QUERIES[0], 5, None)
        command(shape, "index", "create", "--type", "hnsw", json_lines=False)
        check.same("our HNSW index leaves langchain's answers", langchain.search(store, QUERIES[0], 5, None), before)
        status = command(shape, "index", "status")
        check("our index's status", bool(status), str(status))


def legacy(check, langchain):
    """The tables of langchain's first PGVector class are made as a migration must find them; see prepare_legacy."""
    for collection in prepare_legacy(langchain):
        rows = read_legacy(langchain, collection.name)
        check.same(f"{collection.name}: ids", sorted(rows), sorted(row.id for row in collection.rows))
        check.same(
            f"{collection.name}: contents and metadata",
            {one: (row[1], row[2]) for one, row in rows.items()},
            {row.id: (row.content, plain(row.metadata)) for row in collection.rows},
        )
    print("note: no command migrates legacy collections yet; prepare_legacy returns what it must yield")


def first_difference(ours, theirs):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(set(ours) | set(theirs), key=str):
            if ours.get(key) != theirs.get(key):
                return f"{key!r}: got {ours.get(key)!r:.400}\n         expected {theirs.get(key)!r:.400}"
    return f"got {ours!r:.400}\n         expected {theirs!r:.400}"


@contextlib.contextmanager
def own_database(url):
    """The URL of a new database on the same server."""
    try:
        base = sqlalchemy.make_url(url).set(drivername="postgresql")
    except sqlalchemy.exc.ArgumentError:
        sys.exit("--url takes a URL such as postgresql://USER@HOST:PORT/DATABASE")
    name = f"langchain_interop_{os.getpid()}"
    engine = sqlalchemy.create_engine(base.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    except sqlalchemy.exc.SQLAlchemyError as error:
        sys.exit(f"the checks need a database of their own, and it can't be made; the role must be allowed to (CREATEDB): {error.orig}")
    try:
        yield base.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        engine.dispose()


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="a PostgreSQL server with pgvector, by a role that may create databases")
    parser.add_argument("--command", type=Path, help="the built vectorstore")
    parser.add_argument("--python-only", action="store_true", help="leave the command out")
    options = parser.parse_args()
    if bool(options.command) == options.python_only:
        parser.error("give --command, or --python-only")
    return options


if __name__ == "__main__":
    sys.exit(main())
