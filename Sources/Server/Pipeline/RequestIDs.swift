// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// Names of requests, by which an answer is found in the log.
enum RequestIDs {
  /// The id that the request brings, if it is short and plain; else a new one.
  static func id(of head: HTTPRequest) -> String {
    if let given = head.headerFields[.requestID], 1...128 ~= given.utf8.count,
      given.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
    {
      return given
    }
    return RequestID().description
  }
}
