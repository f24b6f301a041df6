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
