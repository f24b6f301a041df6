// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

extension Waiting {
  /// By the system's clock.
  package static let system = Waiting(
    pause: { try await Task.sleep(for: $0) }, chance: { .random(in: 0...1) }, now: { time(nil) })
}
