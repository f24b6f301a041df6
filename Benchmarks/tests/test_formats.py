# SPDX-License-Identifier: Apache-2.0
import tempfile
import unittest
from pathlib import Path

import numpy as np

from annbench.formats import FormatError, read_neighbours, read_vectors, write_texmex


class FormatTests(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.rows = np.arange(12, dtype=np.float32).reshape(3, 4)

    def test_what_is_written_is_read(self):
        write_texmex(self.folder / "a.fvecs", self.rows)
        np.testing.assert_array_equal(read_vectors(self.folder / "a.fvecs"), self.rows)
        write_texmex(self.folder / "a.bvecs", self.rows.astype(np.uint8))
        np.testing.assert_array_equal(read_vectors(self.folder / "a.bvecs"), self.rows)
        write_texmex(self.folder / "a.ivecs", self.rows.astype(np.int32))
        np.testing.assert_array_equal(read_neighbours(self.folder / "a.ivecs"), self.rows)

    def test_fbin_and_npy(self):
        with open(self.folder / "a.fbin", "wb") as file:
            np.array([3, 4], dtype="<i4").tofile(file)
            self.rows.tofile(file)
        np.testing.assert_array_equal(read_vectors(self.folder / "a.fbin"), self.rows)
        np.save(self.folder / "a.npy", self.rows)
        np.testing.assert_array_equal(read_vectors(self.folder / "a.npy"), self.rows)

    def test_what_is_wrong_is_said(self):
        write_texmex(self.folder / "a.fvecs", self.rows)
        whole = (self.folder / "a.fvecs").read_bytes()
        (self.folder / "cut.fvecs").write_bytes(whole[:-1])
        (self.folder / "mixed.fvecs").write_bytes(whole[:20] + b"\x05" + whole[21:])
        np.save(self.folder / "double.npy", self.rows.astype(np.float64))
        for name, words in (
            ("none.fvecs", "no such file"),
            ("cut.fvecs", "no whole number of rows"),
            ("mixed.fvecs", "row 1 states another dimension"),
            ("double.npy", "needs a float32 matrix"),
        ):
            with self.subTest(name), self.assertRaisesRegex(FormatError, words):
                read_vectors(self.folder / name)
