// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// The code of the error that `body` throws; nil where it throws none.
func errorCode(_ body: () throws -> some Any) -> VectorIndexError.Code? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? VectorIndexError)?.code
  }
}

/// Expects an error of this code, with a message for a person.
func expectError(
  _ code: VectorIndexError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> some Any
) {
  do {
    let value = try body()
    Issue.record("no error but \(value)", sourceLocation: sourceLocation)
  } catch {
    guard let error = error as? VectorIndexError else {
      Issue.record("\(error)", sourceLocation: sourceLocation)
      return
    }
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    #expect(!error.message.isEmpty, sourceLocation: sourceLocation)
  }
}
