// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct JSONLinesFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func readsArraysAndObjects() throws {
    let text = """
      [1, -2.5]
      {"id": "a", "embedding": [3, 4e0]}\r

      {"vector": [5, 6], "text": "é"}
      """
    let matrix = try VectorFile.readVectors(try folder.write(text, as: "a.jsonl"))
    #expect(matrix.dimension == 2)
    #expect(matrix.values == [1, -2.5, 3, 4, 5, 6])
  }

  /// Lines that lie across the pieces that a file is read in.
  @Test func readsLargeFiles() throws {
    let values = (0..<300_000).map { Float($0) }
    let rows = stride(from: 0, to: values.count, by: 3).map {
      "[\(values[$0]),\(values[$0 + 1]),\(values[$0 + 2])]    "
    }
    let text = rows.joined(separator: String(repeating: " ", count: 80) + "\n")
    #expect(text.utf8.count > 9 << 20)
    #expect(try VectorFile.readVectors(try folder.write(text, as: "a.jsonl")).values == values)
  }

  @Test(arguments: [
    ("", "no line"), ("[1]\n[]", "line 2"), ("[1]\n[1, 2]", "line 2"), ("[1]\n{\"content\": 3}", "line 2"),
    ("[\"1\"]", "line 1"), ("[1", "line 1"), ("[1e39]", "line 1"), ("3", "line 1"), ("{\"embedding\": null}", "line 1"),
    ("[1]\n\u{0}", "line 2"),
  ])
  func otherLinesAreAnErrorThatNamesThem(text: String, place: String) throws {
    let path = try folder.write(text, as: "a.jsonl")
    let error = #expect(throws: (any Error).self) { try VectorFile.readVectors(path) }
    #expect(String(describing: error).contains(place))
    #expect(error is VectorFileError || error is BenchError)
  }
}
