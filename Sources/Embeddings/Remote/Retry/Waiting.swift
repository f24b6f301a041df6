// SPDX-License-Identifier: Apache-2.0

/// How time passes between retries, so that tests need none.
package struct Waiting: Sendable {
  /// Waits.
  package var pause: @Sendable (Duration) async throws -> Void
  /// A number from 0 to 1.
  package var chance: @Sendable () -> Double
  /// Seconds since 1970.
  package var now: @Sendable () -> Int

  /// With these ways to wait, to draw lots and to tell the time.
  package init(
    pause: @escaping @Sendable (Duration) async throws -> Void, chance: @escaping @Sendable () -> Double,
    now: @escaping @Sendable () -> Int
  ) {
    self.pause = pause
    self.chance = chance
    self.now = now
  }
}
