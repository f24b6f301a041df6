// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct ReadingTests {
  @Test func byIDs() async throws {
    let store = try await StoreFixture.line(5).store
    #expect(try await store.get(ids: ["3", "none", "1"]).map(\.content) == ["number 3", "number 1"])
    #expect(try await store.get(ids: []).isEmpty)
    #expect(try await store.get(id: "2")?.content == "number 2")
    #expect(try await store.get(id: "none") == nil)
    #expect(try await store.records(ids: ["2"])[0].vector == [2, 0])
  }

  @Test func byPages() async throws {
    let store = try await StoreFixture.line(25).store
    var seen: [String] = []
    var cursor: String?
    repeat {
      let page = try await store.get(filter: Field("n") >= 5, limit: 7, cursor: cursor)
      seen += page.documents.compactMap(\.id)
      cursor = page.cursor
    } while cursor != nil
    #expect(seen == (5..<25).map(String.init).sorted())
    #expect(await VectorStoreError.thrown { _ = try await store.get(limit: 0) }?.code == .invalidArgument)
  }

  @Test func bySequences() async throws {
    let fixture = try await StoreFixture.line(25)
    var ids: [String] = []
    for try await document in fixture.store.documents(filter: Field("n") < 20, pageSize: 6) {
      ids.append(document.id ?? "")
    }
    #expect(ids == (0..<20).map(String.init).sorted() && fixture.backend.count(of: .scroll) == 4)
    var records = fixture.store.records(pageSize: 0).makeAsyncIterator()
    #expect(try await records.next()?.vector == [0, 0])
    fixture.backend.inject(.fails(), at: .scroll)
    #expect(await VectorStoreError.thrown { _ = try await records.next() }?.code == .unavailable)
  }
}
