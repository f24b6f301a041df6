// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Synchronization
import Testing
import VectorStoreCore
import VectorStoreTesting

/// What every backend promises, of tables of each kind.
@Suite struct PostgresConformanceTests {
  enum Kind: CaseIterable {
    /// What the command makes: jsonb, keywords by a trigger.
    case standard
    /// json, keywords in a generated column.
    case textJSON
    /// Vectors of any dimension, keywords computed for each search.
    case shared
    /// Vectors that leave out zeros.
    case sparse

    var table: PostgresTable {
      switch self {
      case .standard: PostgresTable()
      case .textJSON: PostgresTable(usesTextJSON: true, keywords: .generated(column: "words"))
      case .shared: PostgresTable(dimensionColumn: "embedding_dimension", keywords: .computed)
      case .sparse: PostgresTable(vectorType: .sparsevec)
      }
    }
  }

  @Test(arguments: Kind.allCases) func keepsThePromises(_ kind: Kind) async throws {
    try await TestSchema.with { schema in
      let names = Atomic(0)
      let suite = BackendConformance { options in
        var options = options
        options.table = "Conformance \(names.wrappingAdd(1, ordering: .relaxed).newValue)"
        var table = kind.table
        table.schema = schema.plainName
        if !options.keywords { table.keywords = nil }
        return try await PostgresBackend.open(schema.engine, table: table, options: options)
      }
      let report = await suite.run()
      #expect(report.isPassed, "\(report)")
    }
  }
}
