// SPDX-License-Identifier: Apache-2.0

/// Builds indexes to be tried.
protocol TuneBackend {
  /// The engine's name in the report.
  var name: String { get }

  /// The widest search of an index.
  func widthLimit(_ design: PgvectorDesign) -> Int

  /// Lends an index that is built as `design` says.
  func withIndex<Result: Sendable>(
    _ design: PgvectorDesign, _ body: (any BenchEngine) async throws -> Result
  ) async throws -> Result
}
