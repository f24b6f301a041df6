// SPDX-License-Identifier: Apache-2.0

import LocalEmbeddings
import Testing

/// What can be seen with a small vocabulary; `Tests/Peers/check_tokenizer.py` compares every scalar and real texts.
@Suite struct TokenizerTests {
  private let folder: TemporaryFolder
  private let tokenizer: WordPieceTokenizer

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(TinyTokenizer.json(TinyBert.vocabulary), as: "tokenizer.json")
    tokenizer = try WordPieceTokenizer(folder: folder.path)
  }

  private func tokens(_ text: String) -> [String] {
    tokenizer.ids(of: text, addingSpecialTokens: false).map { TinyBert.vocabulary[Int($0)] }
  }

  @Test func words() {
    #expect(tokens("the vectors") == ["the", "vector", "##s"])
    #expect(tokens("THE VECTÖRS.") == ["the", "vector", "##s", "."])
    #expect(tokens("a中文b") == ["a", "中", "文", "b"])
    #expect(tokens("the\u{0}\u{200B}re\ta\u{3000}b") == ["the", "##r", "##e", "a", "b"])
    #expect(tokens("e\u{301}") == ["e"])
    #expect(tokens("🙂 a9") == ["[UNK]", "[UNK]"])
    #expect(tokens("[CLS]a[SEP]") == ["[CLS]", "a", "[SEP]"])
    #expect(tokens("[cls]") == ["[UNK]", "c", "##l", "##s", "[UNK]"])
    #expect(tokens("").isEmpty)
  }

  @Test func longWordsAreUnknown() {
    #expect(tokens(String(repeating: "a", count: 100)).count == 100)
    #expect(tokens(String(repeating: "a", count: 101)) == ["[UNK]"])
    #expect(tokens(String(repeating: "é", count: 100)).count == 100)
  }

  @Test func specialTokens() {
    #expect(tokenizer.ids(of: "a") == [2, 5, 3])
    #expect(tokenizer.prefixIDs == [2])
    #expect(tokenizer.suffixIDs == [3])
    #expect(tokenizer.unknownID == 1)
    #expect(tokenizer.count("the vectors") == 3)
    #expect(tokenizer.id(ofToken: "##s") == tokenizer.id(ofToken: "##s"))
    #expect(tokenizer.id(ofToken: "nothing") == nil)
    #expect(tokenizer.vocabularySize == TinyBert.vocabulary.count)
  }

  @Test(arguments: ["\n", "\r\n"])
  func vocabularyFileDoesAsWell(_ end: String) throws {
    let other = try TemporaryFolder()
    try other.write(TinyBert.vocabulary.joined(separator: end) + end, as: "vocab.txt")
    let plain = try WordPieceTokenizer(folder: other.path)
    for text in Texts.random(50, seed: 9) + ["[CLS] É [MASK]"] {
      #expect(plain.ids(of: text) == tokenizer.ids(of: text))
    }
    try other.write("{\"do_lower_case\":false,\"tokenizer_class\":\"BertTokenizerFast\"}", as: "tokenizer_config.json")
    #expect(try WordPieceTokenizer(folder: other.path).ids(of: "The", addingSpecialTokens: false) == [1])
  }
}
