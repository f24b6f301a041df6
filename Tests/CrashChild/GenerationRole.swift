// SPDX-License-Identifier: Apache-2.0

package import LocalBackend
package import VectorStoreCore

/// A store whose documents are all written by each change: whoever sees two generations at once has not seen one moment.
package struct GenerationRole {
  let path: String
  let count: Int

  func write() async throws {
    let store = try await CrashChild.open(path)
    var generation = 0
    while true {
      _ = try await store.write(Self.batch(generation, count: count), progress: nil)
      if generation == 0 { CrashChild.say("ready") }
      generation += 1
      if generation % 25 == 0 { _ = try await store.compact(progress: nil) }
      CrashChild.say("done \(generation)")
    }
  }

  /// Writes with no compaction but those that the store makes by itself, and says when one is under way.
  func churn() async throws {
    let store = try await CrashChild.open(path)
    for generation in 0... {
      _ = try await store.write(Self.batch(3 * generation, count: count), progress: nil)
      CrashChild.say("done \(3 * generation)")
      if try await store.indexStatus().details["compaction"] != nil { CrashChild.say("compacting") }
    }
  }

  func watch() async throws {
    let store = try await CrashChild.open(path, access: .readOnly)
    CrashChild.say("ready")
    var number = 0
    while true {
      let seen = try await Self.look(store, count: count, kind: number)
      guard seen.hits == count, seen.generations.count == 1 else {
        throw VectorStoreError(.backend, "\(seen.hits) hits of the generations \(seen.generations), kind \(number % 4)")
      }
      number += 1
      CrashChild.say("seen \(seen.generations.first ?? -1)")
    }
  }

  package static func batch(_ generation: Int, count: Int) -> WriteBatch {
    var random = ScriptRandom(UInt64(generation))
    var batch = WriteBatch()
    // Now new vectors, now new metadata only.
    let keepsVectors = generation % 3 == 1
    for number in 0..<count {
      let metadata: JSONObject = ["generation": .integer(Int64(generation)), "parity": .integer(Int64(generation % 2))]
      if keepsVectors {
        batch.metadataChanges.append(.init(id: "id-\(number)", metadata: metadata, merges: false))
      } else {
        batch.upserts.append(
          Record(
            id: "id-\(number)", content: "word", metadata: metadata,
            vector: (0..<CrashScript.dimension).map { _ in Float(random.below(1_000)) }))
      }
    }
    return batch
  }

  /// One search of all documents, of one of several kinds, and the generations of what it found.
  package static func look(
    _ store: LocalBackend, count: Int, kind: Int
  ) async throws -> (hits: Int, generations: Set<Int64>) {
    let vector = [Float](repeating: Float(kind % 7), count: CrashScript.dimension)
    var request = CandidateRequest()
    switch kind % 4 {
    case 0: request.nearest = .init(vector: vector, count: count)
    case 1:
      request.nearest = .init(vector: vector, count: count)
      request.filter = Field("generation") >= 0
    case 2:
      request.nearest = .init(vector: vector, count: count)
      request.filter = .or([Field("parity") == 0, Field("parity") == 1])
    default: request.keywords = .init(text: "word", count: count)
    }
    let found = try await store.candidates(request)
    let hits = found.nearest + found.keywords
    return (
      hits.count,
      Set(hits.map { if case .integer(let generation)? = $0.record.metadata["generation"] { generation } else { -1 } })
    )
  }
}
