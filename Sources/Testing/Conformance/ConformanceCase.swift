// SPDX-License-Identifier: Apache-2.0

/// One thing that a backend has to keep.
struct ConformanceCase: Sendable {
  let name: String
  let body: @Sendable (ConformanceSession) async throws -> Void

  init(_ name: String, _ body: @escaping @Sendable (ConformanceSession) async throws -> Void) {
    self.name = name
    self.body = body
  }
}
