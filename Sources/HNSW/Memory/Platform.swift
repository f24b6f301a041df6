// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The text of the C library's current error.
func systemErrorText(_ code: Int32 = errno) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
  return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// The size of the system's pages.
let systemPageSize: Int = {
  let size = sysconf(Int32(_SC_PAGESIZE))
  return size > 0 ? size : 4096
}()

/// Lets another thread run.
func yieldThread() { sched_yield() }
