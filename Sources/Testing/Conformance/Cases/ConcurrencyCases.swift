// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

enum ConcurrencyCases {
  static let all = [
    ConformanceCase("writers at one time all succeed") { session in
      let backend = try await session.open()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<4 {
          group.addTask {
            for batch in 0..<6 {
              try await backend.add((0..<10).map { Sample.record("\(writer) \(batch) \($0)") })
            }
          }
        }
        try await group.waitForAll()
      }
      try expectEqual(try await backend.count(filter: nil), 240, "count")
      let found = try await backend.candidates(Sample.nearest(Sample.axis(0), 1_000)).nearest
      try expectEqual(found.count, 240, "how many are found")
    },
    ConformanceCase("a search is of one moment") { session in
      let backend = try await session.open()
      _ = try await backend.write(generation(0), progress: nil)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for reader in 0..<3 {
          group.addTask {
            for turn in 0..<60 { try await checkMoment(backend, isFiltered: (reader + turn) % 2 == 0) }
          }
        }
        // Writes go on for as long as there are readers.
        let writer = Task {
          var number = 0
          while !Task.isCancelled {
            number += 1
            _ = try await backend.write(generation(number), progress: nil)
            await Task.yield()
          }
        }
        defer { writer.cancel() }
        try await group.waitForAll()
        writer.cancel()
        do { try await writer.value } catch is CancellationError {}
      }
    },
    ConformanceCase("a batch is seen at once") { session in
      let backend = try await session.open()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for batch in 0..<30 {
            try await backend.add((0..<20).map { Sample.record("\(batch) \($0)", "text", ["n": 1]) })
          }
        }
        group.addTask {
          for _ in 0..<100 {
            let count = try await backend.count(filter: Field("n") == 1)
            try expect(count % 20 == 0, "a count of \(count) in the midst of a batch")
          }
        }
        try await group.waitForAll()
      }
    },
  ]

  private static let size = 12

  /// All documents anew: their number is in text and metadata, and half of them go to ids of the other parity.
  private static func generation(_ number: Int) -> WriteBatch {
    var batch = Sample.upserts(
      (0..<size).map { place in
        Sample.record(
          place % 2 == 0 ? "\(place)" : "\(place) \(number % 2)", "shared word g\(number)",
          ["g": .integer(Int64(number)), "half": .bool(place < size / 2)],
          vector: Sample.axis(place, turned: Float(number) / 100))
      })
    batch.deletedFilter = .all
    return batch
  }

  private static func checkMoment(_ backend: any VectorStoreBackend, isFiltered: Bool) async throws {
    let expected = isFiltered ? size / 2 : size
    let found = try await backend.candidates(
      CandidateRequest(
        nearest: .init(vector: Sample.axis(0), count: 100), keywords: .init(text: "shared", count: 100),
        filter: isFiltered ? Field("half") == true : nil))
    try expectEqual(found.nearest.count, expected, "hits by vector")
    try expectEqual(found.keywords.count, expected, "hits by keyword")
    let records = (found.nearest + found.keywords).map { $0.record }
    let numbers = Set(records.map { $0.metadata["g"]?.integerValue ?? -1 })
    try expect(numbers.count == 1, "hits of several moments: \(numbers.sorted())")
    try expect(
      records.allSatisfy { $0.content == "shared word g\(numbers.first ?? -1)" }, "text and metadata of two moments")
    let ids = Set(found.nearest.map { $0.record.id })
    try expectEqual(ids, Set(found.keywords.map { $0.record.id }), "the ids by vector and by keyword")
  }
}
