// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct TransferTests {
  private func lines(_ store: VectorStore, includingVectors: Bool = true) async throws -> [String] {
    var lines: [String] = []
    for try await line in store.export(includingVectors: includingVectors, pageSize: 3) { lines.append(line) }
    return lines
  }

  @Test func whatIsExportedIsImported() async throws {
    var random = SeededGenerator(12)
    let fixture = StoreFixture()
    var floats: [Float] = [
      0, -0.0, 0.1, 1 / 3, .pi, .leastNonzeroMagnitude, .leastNormalMagnitude, 3.4e38, 16_777_216,
    ]
    floats += (0..<390).compactMap { _ in
      let float = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      return float.isFinite ? float : nil
    }
    let vectors = stride(from: 0, to: floats.count - 3, by: 4).map { Array(floats[$0..<$0 + 4]) }
    let documents = vectors.indices.map {
      Document(id: "id \($0)\u{2028}\"é", content: "text \($0)\n\u{1}", metadata: random.metadata())
    }
    try await fixture.store.add(documents, embeddings: vectors)
    let exported = try await lines(fixture.store)
    #expect(exported.count == documents.count && exported.allSatisfy { !$0.contains("\n") })
    let copy = StoreFixture().store
    let stream = AsyncStream { continuation in
      for line in exported { continuation.yield(line + "\r\n") }
      continuation.finish()
    }
    let report = try await copy.importLines(stream, batchSize: 10)
    #expect(report.added == documents.count && report.updated == 0)
    let records = try await copy.records(ids: documents.compactMap(\.id))
    #expect(records.map(\.document) == documents)
    #expect(records.map { $0.vector.map(\.bitPattern) } == vectors.map { $0.map(\.bitPattern) })
    #expect(try await lines(copy) == exported)
    #expect(try await copy.importLines(exported).updated == documents.count)
  }

  @Test func theKeysOfALine() async throws {
    let fixture = StoreFixture(embedder: nil)
    try await fixture.store.add([Document(id: "a", content: "b", metadata: ["n": 1.0])], embeddings: [[1, -0.5]])
    #expect(
      try await lines(fixture.store) == [#"{"id":"a","content":"b","metadata":{"n":1.0},"embedding":[1.0,-0.5]}"#])
    #expect(
      try await lines(fixture.store, includingVectors: false) == [#"{"id":"a","content":"b","metadata":{"n":1.0}}"#])
  }

  @Test func linesWithoutVectorsAreEmbedded() async throws {
    let embedder = CountingEmbedder()
    let fixture = StoreFixture(embedder: embedder)
    let input = [
      "\u{FEFF}{\"content\": \"a\"}", "", #"{"id": "b", "content": "b", "embedding": [1, 2e0, 3.5, -4]}"#, " \t",
      #"{"id": "c", "content": "c", "metadata": null, "embedding": null}"#,
    ]
    #expect(try await fixture.store.importLines(input).added == 3)
    #expect(await embedder.passages.value == 2)
    let records = try await fixture.store.records(ids: ["b", "c"])
    #expect(records.map(\.vector) == [[1, 2, 3.5, -4], embedder.vector(of: "c")])
    let bare = StoreFixture(embedder: nil).store
    let error = await VectorStoreError.thrown { try await bare.importLines(input) }
    #expect(error?.code == .embedderMissing && error?.context[.line] == "1")
  }

  @Test func errorsNameTheLineAndHowFarItCame() async throws {
    let good = (0..<25).map { #"{"id": "\#($0)", "content": "text", "embedding": [1, 2, 3, 4]}"# }
    let wrong: [(String, VectorStoreError.Code)] = [
      ("{", .invalidJSON), ("[]", .invalidRow), ("{}", .invalidRow), (#"{"content": 1}"#, .invalidRow),
      (#"{"id": 1, "content": ""}"#, .invalidRow), (#"{"content": "", "metadata": []}"#, .invalidRow),
      (#"{"content": "", "embedding": {}}"#, .invalidRow), (#"{"content": "", "embedding": [1, "2"]}"#, .invalidRow),
      (#"{"content": "", "embedding": [1e39, 0, 0, 0]}"#, .invalidRow), (#"{"content": "", "meta": {}}"#, .invalidRow),
      (#"{"id": "", "content": ""}"#, .invalidRow), (#"{"content": "\u0000"}"#, .invalidRow),
      (#"{"content": "", "embedding": [1]}"#, .dimensionMismatch),
    ]
    for (line, code) in wrong {
      let fixture = StoreFixture()
      let heard = Mutex(0)
      let error = await VectorStoreError.thrown {
        try await fixture.store.importLines(good + [line] + good, batchSize: 10) { progress in
          heard.withLock { $0 = progress.done }
        }
      }
      #expect(error?.code == code && error?.context[.line] == "26", "\(line): \(String(describing: error))")
      #expect(error?.message.hasPrefix("line 26: ") == true)
      let count = try await fixture.store.count()
      #expect(error?.context[.imported] == String(count) && heard.withLock { $0 } == count)
      #expect(count == (code == .dimensionMismatch ? 20 : 25))
    }
  }

  @Test func decimalsBecomeTheNearestFloat() async throws {
    let store = StoreFixture(embedder: nil).store
    // In the middle of two Floats as a Double, a little above it as it is written.
    let texts = ["1.0000000596046447754", "1.00000005960464477539062500000001", "16777217", "0.1", "1e-46", "7e-46"]
    try await store.importLines([#"{"id": "a", "content": "", "embedding": [\#(texts.joined(separator: ","))]}"#])
    #expect(try await store.records(ids: ["a"])[0].vector == texts.compactMap(Float.init))
  }
}
