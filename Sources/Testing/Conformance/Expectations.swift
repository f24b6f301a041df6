// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Fails a case unless the condition holds.
func expect(
  _ condition: Bool, _ reason: @autoclosure () -> String, file: String = #fileID, line: UInt = #line
) throws {
  guard !condition else { return }
  throw ConformanceFailure(reason: reason(), line: line, file: file)
}

/// Fails a case unless both are equal. Strings are compared by their bytes.
func expectEqual<T: Equatable>(
  _ actual: T, _ expected: T, _ what: String, file: String = #fileID, line: UInt = #line
) throws {
  try expect(
    actual == expected, "\(what): expected \(expected), but there is \(actual)", file: file, line: line)
}

/// Fails a case unless both have the same strings, byte by byte.
func expectEqual(
  _ actual: [String], _ expected: [String], _ what: String, file: String = #fileID, line: UInt = #line
) throws {
  try expect(
    actual.map { Array($0.utf8) } == expected.map { Array($0.utf8) },
    "\(what): expected \(expected), but there is \(actual)", file: file, line: line)
}

/// Fails a case unless the body throws an error of the store, of one of the codes if any are given.
func expectError(
  _ codes: VectorStoreError.Code..., what: String, file: String = #fileID, line: UInt = #line,
  _ body: () async throws -> Void
) async throws {
  do {
    try await body()
  } catch let error as VectorStoreError {
    return try expect(
      codes.isEmpty || codes.contains(error.code), "\(what): expected an error of \(codes), but it is \(error)",
      file: file, line: line)
  } catch {
    throw ConformanceFailure(
      reason: "\(what): expected a VectorStoreError, but it is \(error)", line: line, file: file)
  }
  throw ConformanceFailure(reason: "\(what): expected an error", line: line, file: file)
}
