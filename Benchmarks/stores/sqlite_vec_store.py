# SPDX-License-Identifier: Apache-2.0
"""sqlite-vec: exact search in SQLite. The text is an auxiliary column, `year` a metadata column that its search filters by."""

import apsw
import sqlite_vec


class SQLiteVecStore:
    name = "sqlite-vec"
    version = sqlite_vec.__version__

    def __init__(self, folder, dimension):
        self.db = apsw.Connection(str(folder / "vec.db"))
        self.db.enable_load_extension(True)
        self.db.load_extension(sqlite_vec.loadable_path())
        self.db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        self.db.execute(
            f"CREATE VIRTUAL TABLE v USING vec0(embedding float[{dimension}] distance_metric=cosine, year integer, "
            "+id text, +content text, +shelf text, +price float, +source text)"
        )

    def add(self, documents, vectors, rows):
        with self.db:
            self.db.executemany(
                "INSERT INTO v (rowid, embedding, year, id, content, shelf, price, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (row + 1, vectors[row].tobytes(), documents.years[row], documents.ids[row], documents.texts[row], documents.shelves[row], documents.prices[row], documents.sources[row])
                    for row in rows
                ),
            )

    def search(self, query, k, year=None):
        condition, values = ("", ()) if year is None else (" AND year = ?", (year,))
        found = self.db.execute(
            f"SELECT rowid, distance, id, content, shelf, price, source FROM v WHERE embedding MATCH ? AND k = ?{condition}",
            (query.tobytes(), k, *values),
        )
        return [row[0] - 1 for row in found]

    def finish(self):
        """Nothing to build."""
