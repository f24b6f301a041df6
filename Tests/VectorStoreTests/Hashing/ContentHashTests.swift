// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct ContentHashTests {
  /// The examples of FIPS 180-4 and of NIST's test vectors.
  @Test func examples() {
    #expect(ContentHash.hex(of: "") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(ContentHash.hex(of: "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      ContentHash.hex(of: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      ContentHash.hex(
        of:
          "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"
      ) == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")
    #expect(
      ContentHash.hex(of: String(repeating: "a", count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func partsMakeTheSameHashAsTheWhole() {
    var random = SeededGenerator(11)
    for length in [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 300] {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var whole = ContentHash()
      whole.update(bytes)
      var parts = ContentHash()
      var start = 0
      while start < length {
        let end = min(length, start + random.below(70))
        parts.update(Array(bytes[start..<end]))
        start = end
      }
      #expect(whole.hex == parts.hex && whole.bytes.count == 32 && whole.hex.utf8.count == 64)
    }
  }

  @Test func documents() throws {
    func hash(_ content: String, _ metadata: JSONObject, id: String? = nil) throws -> String {
      try ContentHash.hex(of: Document(id: id, content: content, metadata: metadata))
    }
    let first = try hash("a", ["x": 1, "y": 2])
    #expect(try first == hash("a", ["y": 2, "x": 1], id: "whatever"))
    #expect(try first != hash("a", ["x": 1.0, "y": 2]) && first != hash("b", ["x": 1, "y": 2]))
    #expect(try hash("é", [:]) != hash("e\u{301}", [:]))
    #expect(throws: VectorStoreError.self) { try hash("a", ["x": .double(.nan)]) }
  }
}
