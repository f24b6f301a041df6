// SPDX-License-Identifier: Apache-2.0

import GRDB
import VectorStoreCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Values of rows by their types. A value of another type, which a damaged or doctored database can hold, is an error; GRDB's
/// own subscripts end the program.
extension Row {
  func integer(_ index: Int) throws -> Int64 {
    guard let value = try optionalInteger(index) else { throw unexpected(index, "an integer") }
    return value
  }

  func optionalInteger(_ index: Int) throws -> Int64? {
    switch (self[index] as DatabaseValue).storage {
    case .int64(let value): return value
    case .null: return nil
    default: throw unexpected(index, "an integer")
    }
  }

  func text(_ index: Int) throws -> String {
    guard let value = try optionalText(index) else { throw unexpected(index, "a text") }
    return value
  }

  func optionalText(_ index: Int) throws -> String? {
    switch (self[index] as DatabaseValue).storage {
    case .string(let value): return value
    case .null: return nil
    default: throw unexpected(index, "a text")
    }
  }

  func optionalBlob(_ index: Int) throws -> [UInt8]? {
    switch (self[index] as DatabaseValue).storage {
    case .blob(let value): return [UInt8](value)
    case .null: return nil
    default: throw unexpected(index, "bytes")
    }
  }

  private func unexpected(_ index: Int, _ kind: String) -> VectorStoreError {
    let name = columnNames.dropFirst(index).first ?? String(index)
    return VectorStoreError(
      .corrupt, "the database holds something other than \(kind) in \(name); run 'verify', restore a backup",
      context: [.tableColumn: name])
  }
}
