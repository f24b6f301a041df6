// SPDX-License-Identifier: Apache-2.0

/// A request of the serve protocol (`Benchmarks/README.md`): exactly one of its kinds is there.
struct ServeRequest: Decodable {
  /// Measure all points; the number is repeated in the reply.
  let round: Int?
  /// For a round: `false` leaves the filtered searches out.
  let filters: Bool?
  /// Build the index once more, for its time.
  let build: Bool?
  /// For a build: how many threads, those of the options without it.
  let threads: Int?
  /// Measure what the saved index needs in a process of its own.
  let memory: Bool?
  /// End.
  let exit: Bool?
}
