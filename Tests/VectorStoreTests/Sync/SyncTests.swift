// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct SyncTests {
  private let embedder: CountingEmbedder
  private let fixture: StoreFixture
  private var store: VectorStore { fixture.store }

  init() {
    embedder = CountingEmbedder()
    fixture = StoreFixture(embedder: embedder)
  }

  private func source(_ name: String, _ texts: [String], _ metadata: JSONObject = [:]) -> SourceDocuments {
    SourceDocuments(source: name, documents: texts.map { Document(content: $0, metadata: metadata) })
  }

  /// added, updated, skipped, deleted, failed; and the passages that were embedded. A dry run before says the same.
  private func sync(_ sources: [SourceDocuments], _ cleanup: SyncCleanup = .incremental) async throws -> [Int] {
    let before = await embedder.passages.value
    let writes = fixture.backend.count(of: .write)
    let dry = try await store.sync(sources, cleanup: cleanup, dryRun: true)
    #expect(fixture.backend.count(of: .write) == writes)
    #expect(await embedder.passages.value == before)
    let report = try await store.sync(sources, cleanup: cleanup)
    #expect(dry == report, "the dry run says \(dry), the run \(report)")
    let embedded = await embedder.passages.value - before
    return [report.added, report.updated, report.skipped, report.deleted, report.failed, embedded]
  }

  private func contents() async throws -> [String: String] {
    var contents: [String: String] = [:]
    for try await document in store.documents() { contents[document.id ?? ""] = document.content }
    return contents
  }

  @Test func whatHasNotChangedIsSkipped() async throws {
    let sources = [source("a", ["one", "two"], ["n": 1]), source("b", ["three"])]
    #expect(try await sync(sources) == [3, 0, 0, 0, 0, 3])
    #expect(try await contents() == ["a#0": "one", "a#1": "two", "b#0": "three"])
    #expect(try await sync(sources) == [0, 0, 3, 0, 0, 0])
    #expect(try await sync([source("a", ["one", "2"], ["n": 1])]) == [0, 1, 1, 0, 0, 1])
    #expect(try await contents()["a#1"] == "2")
    #expect(try await store.records(ids: ["a#1"])[0].vector == embedder.vector(of: "2"))
  }

  @Test func newMetadataNeedsNoEmbedding() async throws {
    _ = try await sync([source("a", ["one", "two"], ["n": 1])])
    #expect(try await sync([source("a", ["one", "two"], ["n": 2])]) == [0, 2, 0, 0, 0, 0])
    #expect(try await store.get(id: "a#0")?.metadata == ["n": 2])
    #expect(try await sync([source("a", ["one", "two"], ["n": 2])]) == [0, 0, 2, 0, 0, 0])
  }

  @Test func equalTextsShareAVectorAndKeepTheirIDs() async throws {
    #expect(try await sync([source("a", ["same", "same"]), source("b", ["same"])]) == [3, 0, 0, 0, 0, 1])
    #expect(try await store.count() == 3)
    // A chunk before the others moves their texts to other ids.
    _ = try await sync([source("c", ["x", "y", "z"])])
    #expect(try await sync([source("c", ["new", "x", "y", "z"])]) == [1, 3, 0, 0, 0, 1])
    #expect(try await store.records(ids: ["c#3"])[0].vector == embedder.vector(of: "z"))
  }

  @Test func cleanup() async throws {
    func start() async throws {
      try await store.delete(filter: .all)
      try await store.add([Document(id: "own", content: "by hand")])
      _ = try await sync([source("a", ["1", "2", "3"]), source("b", ["4"])])
    }
    try await start()
    #expect(try await sync([source("a", ["1"])], .none).dropLast() == [0, 0, 1, 0, 0])
    #expect(try await store.count() == 5)
    #expect(try await sync([source("a", ["1"])], .incremental).dropLast() == [0, 0, 1, 2, 0])
    #expect(try await contents() == ["own": "by hand", "a#0": "1", "b#0": "4"])
    try await start()
    #expect(try await sync([source("a", ["1"])], .full).dropLast() == [0, 0, 1, 3, 0])
    #expect(try await contents() == ["own": "by hand", "a#0": "1"])
    #expect(try await sync([source("a", [])], .incremental).dropLast() == [0, 0, 0, 1, 0])
    try await start()
    #expect(try await sync([], .full).dropLast() == [0, 0, 0, 4, 0])
    #expect(try await contents() == ["own": "by hand"])
    #expect(try await store.backend.ledger(sources: nil).isEmpty)
  }

  @Test func sourcesThatFailAreKept() async throws {
    _ = try await sync([source("a", ["1"]), source("b", ["2"]), source("c", ["3"])])
    let bad = SourceDocuments(source: "b", documents: [Document(content: "good"), Document(content: "\0")])
    let unread = SourceDocuments(source: "c", failure: "no permission")
    #expect(try await sync([source("a", ["1"]), bad, unread], .full) == [0, 0, 1, 0, 2, 0])
    #expect(try await contents() == ["a#0": "1", "b#0": "2", "c#0": "3"])
    let report = try await store.sync([
      unread, source("d", ["x"]), source("d", ["y"]),
      SourceDocuments(source: "e", documents: [Document(id: "d#0", content: "z")]),
      SourceDocuments(source: "f", documents: [Document(id: "f", content: "1"), Document(id: "f", content: "2")]),
    ])
    #expect(report.failures.map(\.source) == ["c", "d", "e", "f"] && report.added == 1)
    #expect(report.failures[0].reason == "no permission" && report.failures[2].reason.contains("'d'"))
  }

  @Test func whatOthersChangedIsWrittenAgain() async throws {
    let sources = [source("a", ["1", "2", "3"], ["n": 1])]
    _ = try await sync(sources)
    try await store.delete(ids: ["a#0"])
    try await store.add([Document(id: "a#1", content: "replaced by hand")])
    try await store.updateMetadata(id: "a#2", ["tag": "by hand"])
    #expect(try await sync(sources) == [1, 1, 1, 0, 0, 2])
    #expect(try await contents() == ["a#0": "1", "a#1": "2", "a#2": "3"])
    #expect(try await store.get(id: "a#2")?.metadata == ["n": 1, "tag": "by hand"])
    // What was there without a ledger is taken over.
    try await store.add([
      Document(id: "own", content: "same", metadata: ["n": 1]), Document(id: "other", content: "same"),
    ])
    let before = await embedder.passages.value
    let report = try await store.sync([
      SourceDocuments(
        source: "s",
        documents: ["own", "other"].map { (id: String) in Document(id: id, content: "same", metadata: ["n": 1]) })
    ])
    #expect(report.skipped == 1 && report.updated == 1)
    #expect(await embedder.passages.value == before)
    #expect(try await store.backend.ledger(sources: ["s"]).count == 2)
  }

  @Test func documentsMoveBetweenSources() async throws {
    func moving(_ name: String, _ ids: [String]) -> SourceDocuments {
      SourceDocuments(source: name, documents: ids.map { Document(id: $0, content: "text \($0)") })
    }
    _ = try await sync([moving("a", ["x", "y"]), moving("b", ["z"])])
    #expect(try await sync([moving("b", ["z", "x"]), moving("a", ["y"])]) == [0, 0, 3, 0, 0, 0])
    #expect(try await sync([moving("a", ["y", "x"]), moving("b", ["z"])]).prefix(5).reduce(0, +) == 3)
    #expect(try await Set(contents().keys) == ["x", "y", "z"])
    #expect(try await store.backend.ledger(sources: ["a"]).count == 2)
  }

  @Test func interruptedRunsGoOn() async throws {
    let sources = (0..<40).map { number in source("s\(number)", (0..<100).map { "text \(number) \($0)" }) }
    fixture.backend.inject(.fails(), at: .write, call: 4)
    let heard = Mutex<[StoreProgress]>([])
    let error = await VectorStoreError.thrown {
      try await store.sync(sources) { progress in heard.withLock { $0.append(progress) } }
    }
    #expect(error?.code == .unavailable)
    let done = heard.withLock { $0 }.filter { $0.phase == .writing }
    #expect(done.map(\.done) == [500, 1_000, 1_500] && done.allSatisfy { $0.total == 4_000 })
    #expect(try await store.count() == 1_500)
    let report = try await store.sync(
      AsyncStream { continuation in
        for source in sources { continuation.yield(source) }
        continuation.finish()
      })
    #expect(report.added == 2_500 && report.skipped == 1_500)
  }

  @Test func largeSourcesAreSplitAndCleanedUpAtTheirEnd() async throws {
    let texts = (0..<1_300).map { "text \($0)" }
    #expect(try await sync([source("small", ["a"]), source("large", texts)]) == [1_301, 0, 0, 0, 0, 1_301])
    #expect(fixture.backend.count(of: .write) == 4)
    fixture.backend.inject(.fails(), at: .write, call: 2)
    let error = await VectorStoreError.thrown {
      try await store.sync([source("large", texts.dropLast(100).map { $0 + "!" })])
    }
    #expect(error != nil)
    #expect(try await store.count() == 1_301)
    #expect(try await sync([source("large", texts.dropLast(100).map { $0 + "!" })])[3] == 100)
  }

  /// Random edits of random sources: the store has what the sources have, and a second run has nothing to do.
  @Test func randomEdits() async throws {
    var random = SeededGenerator(13)
    var files: [String: [String]] = [:]
    for round in 0..<40 {
      let name = "file \(random.below(6))"
      switch random.below(4) {
      case 0: files[name] = nil
      case 1: files[name, default: []].insert("text \(random.below(20))", at: 0)
      case 2: files[name] = (0..<random.below(6)).map { _ in "text \(random.below(20))" }
      default: if files[name]?.isEmpty == false { files[name]?.removeLast() }
      }
      let sources = files.sorted { $0.key < $1.key }.map { source($0.key, $0.value, ["round": .bool(round % 2 == 0)]) }
      _ = try await sync(sources, .full)
      var expected: [String: String] = [:]
      for (name, texts) in files { for (place, text) in texts.enumerated() { expected["\(name)#\(place)"] = text } }
      #expect(try await contents() == expected)
      for try await record in store.records() { #expect(record.vector == embedder.vector(of: record.content)) }
      #expect(try await sync(sources, .full) == [0, 0, expected.count, 0, 0, 0])
    }
  }
}
