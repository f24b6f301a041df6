# SPDX-License-Identifier: Apache-2.0
import sys
import tempfile
import unittest
from pathlib import Path

from annbench.embedding import EmbeddingError, embed
from annbench.wordnet import WordNetError, read_documents

_LICENCE = "  1 This software and database is being provided to you, the LICENSEE\n"
_SYNSETS = {
    "noun": "00001740 03 n 01 entity 0 003 ~ 00001930 n 0000 | that which is perceived\n",
    "verb": '00001740 29 v 02 take_a_breath 0 respire 0 001 * 00005041 v 0000 | draw air; "she breathes"  \n',
    "adj": "00014490 00 s 01 galore(ip) 0 001 & 00013887 a 0000 | in great numbers\n",
    "adv": "00001740 02 r 01 a_cappella 0 000 | without music\n",
}


class WordNetTests(unittest.TestCase):
    def folder(self, **changed):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for part, lines in {**_SYNSETS, **changed}.items():
            (Path(folder.name) / f"data.{part}").write_text(_LICENCE + lines)
        return folder.name

    def test_a_synset_is_a_document(self):
        found = {document["id"]: document for document in read_documents(self.folder(), seed=1)}
        self.assertEqual(len(found), 4)
        breath = found["v00001740"]
        self.assertEqual(breath["content"], 'take a breath: draw air; "she breathes"')
        self.assertEqual(breath["metadata"], {"lemma": "take a breath", "pos": "verb", "category": "verb.body"})
        self.assertEqual(found["s00014490"]["metadata"]["lemma"], "galore")
        self.assertEqual(found["n00001740"]["metadata"]["category"], "noun.Tops")

    def test_one_seed_one_order(self):
        folder = self.folder(adv="".join(f"0000{number} 02 r 01 word 0 000 | gloss\n" for number in range(1000, 1100)))
        self.assertEqual(read_documents(folder, 5), read_documents(folder, 5))
        self.assertNotEqual(read_documents(folder, 5), read_documents(folder, 6))

    def test_other_files_are_named(self):
        with self.assertRaisesRegex(WordNetError, "data.noun: this line is no synset: 'hello"):
            read_documents(self.folder(noun="hello\n"), 1)
        with self.assertRaisesRegex(WordNetError, "synset 00001740 has no gloss"):
            read_documents(self.folder(noun="00001740 03 n 01 entity 0 000\n"), 1)
        with self.assertRaisesRegex(WordNetError, "wordnet-base"):
            read_documents("/nowhere", 1)


class EmbeddingTests(unittest.TestCase):
    def command(self, body):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "command"
        path.write_text(f"#!{sys.executable}\nimport json, sys\n{body}\n")
        path.chmod(0o755)
        return path

    def test_a_vector_for_each_text(self):
        command = self.command("for line in sys.stdin: print(json.dumps({'embedding': [len(line), 1]}))")
        self.assertEqual(embed(command, "e", ["a", "bcd"]).tolist(), [[2, 1], [4, 1]])

    def test_too_few_or_a_failure(self):
        with self.assertRaisesRegex(EmbeddingError, "after 1 of 2 vectors"):
            embed(self.command("print(json.dumps({'embedding': [1]}))"), "e", ["a", "b"])
        with self.assertRaisesRegex(EmbeddingError, "exit code 3"):
            embed(self.command("sys.exit(3)"), "e", ["a"] * 100_000)
        with self.assertRaisesRegex(EmbeddingError, "several lines"):
            embed(self.command(""), "e", ["a\nb"])
