// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The clocks that measurements are taken with.
enum Clocks {
  /// Nanoseconds that pass whether the process runs or not.
  static func wall() -> UInt64 {
    nanoseconds(CLOCK_MONOTONIC)
  }

  /// Nanoseconds of processor time that all threads of the process have used.
  static func processor() -> UInt64 {
    nanoseconds(CLOCK_PROCESS_CPUTIME_ID)
  }

  /// The result of `work`, and the seconds it took.
  static func timed<Result>(_ work: () throws -> Result) rethrows -> (result: Result, seconds: Double) {
    let started = wall()
    let result = try work()
    return (result, Double(wall() - started) / 1e9)
  }

  /// The same of work that waits.
  static func timed<Result>(_ work: () async throws -> Result) async rethrows -> (result: Result, seconds: Double) {
    let started = wall()
    let result = try await work()
    return (result, Double(wall() - started) / 1e9)
  }

  private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
