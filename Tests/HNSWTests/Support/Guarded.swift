// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A value behind a lock.
///
/// Sendable because the value is reached under the lock only.
final class Guarded<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) { self.value = value }

  func use<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
