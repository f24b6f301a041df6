// SPDX-License-Identifier: Apache-2.0

/// Something that one engine is asked to do.
enum ComparisonStep: Hashable {
  case start
  /// The second build, or a later one.
  case build(Int)
  case parallelBuild(threads: Int)
  case round(Int, of: Int, filters: Bool)
  case memory

  /// For messages.
  var title: String {
    switch self {
    case .start: "start"
    case .build(let number): "build \(number)"
    case .parallelBuild(let threads): "build on \(threads) threads"
    case .round(let number, let count, let filters): "round \(number) of \(count)" + (filters ? " with filters" : "")
    case .memory: "memory"
    }
  }

  /// Steps of one kind take about as long as each other, for one engine.
  enum Kind: Hashable {
    case start, build, parallelBuild, round, filteredRound, memory
  }

  var kind: Kind {
    switch self {
    case .start: .start
    case .build: .build
    case .parallelBuild: .parallelBuild
    case .round(_, _, let filters): filters ? .filteredRound : .round
    case .memory: .memory
    }
  }
}
