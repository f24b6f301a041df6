// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Who takes part.
struct ComparedEnginesOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Our engines and pgvector's: \(OwnEngine.allCases.map(\.rawValue).joined(separator: ", ")); none for peers only. (default: swift-int8, swift-float32, and pgvector-hnsw, pgvector-hnsw-halfvec with --postgres, otherwise swift-exact)",
      valueName: "name,…"))
  var engines: String?

  @Option(
    help: ArgumentHelp("The PostgreSQL server with pgvector; a table of its own is made there.", valueName: "url"))
  var postgres: String?

  @Option(
    name: .customLong("peer"),
    help: ArgumentHelp(
      "Another program that speaks the serve protocol (Benchmarks/README.md); it gets the options of `ann` after its own. Repeatable.",
      valueName: "name=command…"))
  var peers: [PeerArgument] = []

  @Option(help: ArgumentHelp("A peer that has no filtered search. Repeatable.", valueName: "name"))
  var unfiltered: [String] = []

  @Option(
    help: ArgumentHelp(
      "A peer for the report only: it builds once, and no ratio is against it. Repeatable.", valueName: "name"))
  var aside: [String] = []

  init() {}

  func validate() throws {
    let own = try chosen()
    if postgres == nil, let engine = own.first(where: \.isOnPostgres) {
      throw ValidationError("--engines has \(engine.rawValue), which needs --postgres <url>")
    }
    for (option, names) in [("--unfiltered", unfiltered), ("--aside", aside)] {
      if let name = names.first(where: { name in !peers.contains { $0.name == name } }) {
        throw ValidationError("\(option) '\(name)': there is no --peer of this name")
      }
    }
    var seen: Set<String> = []
    for name in own.map(\.rawValue) + peers.map(\.name) where !seen.insert(name).inserted {
      throw ValidationError("two engines are called '\(name)'")
    }
    guard !seen.isEmpty else { throw ValidationError("there is nothing to compare: --engines none needs a --peer") }
  }

  /// The engines of this executable, in the order asked for.
  func chosen() throws -> [OwnEngine] {
    guard let engines else { return OwnEngine.standard(withPostgres: postgres != nil) }
    if engines == "none" { return [] }
    return try engines.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let engine = OwnEngine(rawValue: String(name)) else {
        let known = OwnEngine.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--engines has '\(name)'; there are \(known)")
      }
      return engine
    }
  }
}
