// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// Tables that are divided for tenants.
@Suite struct PartitionTests {
  enum Kind: CaseIterable {
    case list, hash

    var table: PostgresTable {
      PostgresTable(partitioning: self == .list ? .list(column: "tenant") : .hash(column: "tenant", count: 4))
    }
  }

  @Test(arguments: Kind.allCases) func tenantsAreApart(_ kind: Kind) async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("Docs", table: kind.table, dimension: 3)
      var batch = WriteBatch()
      batch.upserts = (0..<300).map { number in
        Record(
          id: "\(number)", content: "text \(number)",
          metadata: ["tenant": .string(["a'b", "b", "C;--"][number % 3]), "n": .integer(Int64(number))],
          vector: [Float(number % 7) + 1, Float(number % 11), 1])
      }
      #expect(try await backend.write(batch, progress: nil) == WriteResult(added: 300))
      #expect(try await backend.write(batch, progress: nil) == WriteResult(updated: 300))
      #expect(try await backend.count(filter: Field("tenant") == "a'b") == 100)
      // A document that goes to another tenant is one document still.
      batch.upserts = [Record(id: "0", content: "moved", metadata: ["tenant": "new"], vector: [1, 1, 1])]
      #expect(try await backend.write(batch, progress: nil) == WriteResult(updated: 1))
      #expect(try await backend.count(filter: nil) == 300)
      #expect(try await backend.get(ids: ["0"], includingVectors: false).map(\.content) == ["moved"])
      for isIndexed in [false, true] {
        if isIndexed {
          try await backend.createIndex(IndexSpecification(), progress: nil)
          #expect(try await backend.indexStatus().state == .ready)
        }
        let found = try await backend.candidates(
          CandidateRequest(nearest: .init(vector: [1, 2, 1], count: 120), filter: Field("tenant") == "b"))
        #expect(found.nearest.count == 100)
        #expect(found.nearest.allSatisfy { $0.record.metadata["tenant"] == "b" })
        let words = try await backend.candidates(CandidateRequest(keywords: .init(text: "17", count: 5)))
        #expect(words.keywords.map(\.record.id) == ["17"])
      }
      let reopened = try await schema.open("Docs", access: .existing, dimension: 3)
      batch.upserts = [Record(id: "301", content: "", metadata: ["tenant": "d"], vector: [1, 1, 1])]
      #expect(try await reopened.write(batch, progress: nil).added == 1)
      batch.upserts = [Record(id: "302", content: "", metadata: [:], vector: [1, 1, 1])]
      let withoutTenant = batch
      let error = await #expect(throws: VectorStoreError.self) {
        try await reopened.write(withoutTenant, progress: nil)
      }
      #expect(error?.code == .invalidRow)
      batch = WriteBatch()
      batch.metadataChanges = [.init(id: "5", metadata: ["tenant": "d"], merges: true)]
      #expect(try await reopened.write(batch, progress: nil).updated == 1)
      #expect(try await reopened.count(filter: Field("tenant") == "d") == 2)
      #expect(try await reopened.verify(progress: nil).isClean)
      _ = try await reopened.compact(progress: nil)
    }
  }
}
