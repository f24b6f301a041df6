// SPDX-License-Identifier: Apache-2.0

import GRDB

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DatabaseValue {
  /// A BLOB.
  init(bytes: [UInt8]) { self = Data(bytes).databaseValue }
}

extension Row {
  /// The bytes of a BLOB; nil for NULL.
  func bytes(_ column: String) -> [UInt8]? { (self[column] as Data?).map { [UInt8]($0) } }

  /// Calls `body` with the bytes of a TEXT or a BLOB, which are good for the call only; with none for NULL.
  func withBytes<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    try withUnsafeData(atIndex: index) { data in
      guard let data else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
      return try data.withUnsafeBytes(body)
    }
  }
}
