// SPDX-License-Identifier: Apache-2.0

#if Server
  import Foundation

  /// How many files and sockets the process may have open.
  enum OpenFiles {
    /// Raises what the system allows at first, often 1,024, to the most that it allows: each connection is one.
    static func allowMany() {
      var limit = rlimit()
      #if os(Linux)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        let most = rlim_t.max
      #else
        let resource = RLIMIT_NOFILE
        // macOS refuses more.
        let most = rlim_t(OPEN_MAX)
      #endif
      guard getrlimit(resource, &limit) == 0 else { return }
      limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, most))
      // Where it is refused, it stays as it is.
      _ = setrlimit(resource, &limit)
    }
  }
#endif
