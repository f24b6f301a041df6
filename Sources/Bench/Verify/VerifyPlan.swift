// SPDX-License-Identifier: Apache-2.0

/// What `vectorstore-bench verify` was asked for.
struct VerifyPlan: Sendable {
  let url: String
  let seed: UInt64
  let nanoseconds: UInt64
  let suites: [VerifySuiteName]
  /// The case that runs alone.
  let replayed: VerifyCase?

  /// Compares, in a schema that is gone afterwards.
  func run() async throws -> VerifyResult {
    try await VerifyServer.with(url) { server in
      let start = Clocks.wall()
      let (tally, isInterrupted) = try await prove(server)
      return VerifyResult(
        server, tally, seed: seed, seconds: Double(Clocks.wall() - start) / 1e9, isInterrupted: isInterrupted)
    }
  }

  private func prove(_ server: VerifyServer) async throws -> (tally: VerifyTally, isInterrupted: Bool) {
    if let replayed {
      var tally = VerifyTally()
      var suite = Self.suite(replayed.suite, server)
      try await VerifyRun.run(&suite, seed: replayed.seed, &tally)
      return (tally, false)
    }
    return try await VerifyRun(
      suites: suites.map { Self.suite($0, server) }, seed: seed, nanoseconds: nanoseconds
    ).run()
  }

  private static func suite(_ name: VerifySuiteName, _ server: VerifyServer) -> any VerifySuite {
    switch name {
    case .pairs: PairsSuite(server: server)
    case .topk: TopKSuite(server: server)
    case .errors: ErrorsSuite(server: server)
    case .filters: FiltersSuite(server: server)
    case .mmr: DiversitySuite(server: server)
    case .fusion: FusionSuite(server: server)
    }
  }
}
