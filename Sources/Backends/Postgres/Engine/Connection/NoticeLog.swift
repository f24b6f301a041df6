// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import Logging

/// Where the server's notices go; libpq would print them.
final class NoticeLog: Sendable {
  private let logger: Logger

  init(_ logger: Logger) { self.logger = logger }

  /// The connection must end before this does.
  func attach(to connection: OpaquePointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = PQsetNoticeReceiver(
      connection,
      { context, notice in
        guard let context, let notice else { return }
        Unmanaged<NoticeLog>.fromOpaque(context).takeUnretainedValue().log(notice)
      }, context)
  }

  private func log(_ notice: OpaquePointer) {
    let report = ServerReport(notice)
    let level: Logger.Level = report.severity == "WARNING" ? .warning : .debug
    logger.log(level: level, "PostgreSQL: \(report.message)", metadata: ["sqlState": "\(report.sqlState ?? "")"])
  }
}
