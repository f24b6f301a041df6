// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore

/// A table of bad inputs, each of which both sides must refuse.
struct ErrorsSuite: VerifySuite {
  let name = VerifySuiteName.errors
  let server: VerifyServer
  var isFinite: Bool { true }

  func run(seed: UInt64, _ tally: inout VerifyTally) async throws {
    for input in BadInputs(server: server).all {
      let engine = Self.message { try input.engine() }
      let served = try await refusal(input)
      tally.count(name, input.type.rawValue, "refused")
      tally.countUnits(name)
      tally.add(VerifyRefusal(input: input.name, type: input.type.rawValue, engine: engine, pgvector: served))
      guard engine == nil || served == nil else { continue }
      tally.add(
        VerifyDisagreement(
          suite: name, seed: seed, what: input.type.rawValue, input: input.name, expected: "an error on both sides",
          engine: engine ?? "takes it", pgvector: served ?? "takes it"))
    }
  }

  /// What the server says; nil where it takes the input.
  private func refusal(_ input: BadInput) async throws -> String? {
    do {
      _ = try await server.run(input.sql)
      return nil
    } catch let error as VectorStoreError where error.context[.sqlState] != nil {
      return "\(error.message) (\(error.context[.sqlState] ?? ""))"
    }
  }

  private static func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return "\(error)"
    }
  }
}
