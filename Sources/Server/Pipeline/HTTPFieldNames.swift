// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

extension HTTPField.Name {
  static let apiKey = name("X-API-Key")
  static let requestID = name("X-Request-ID")
  static let secFetchSite = name("Sec-Fetch-Site")
  static let referrerPolicy = name("Referrer-Policy")
  static let crossOriginResourcePolicy = name("Cross-Origin-Resource-Policy")

  /// A name whose spelling is right; a wrong one would be that of a header which nobody sends.
  private static func name(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .from }
}
