// SPDX-License-Identifier: Apache-2.0

import Logging

/// Where the library's warnings go.
enum Log {
  /// A logger that writes warnings to standard error, and more if wanted.
  static func logger(verbose: Bool) -> Logger {
    var logger = Logger(label: "vectorstore") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = verbose ? .debug : .warning
    return logger
  }
}
