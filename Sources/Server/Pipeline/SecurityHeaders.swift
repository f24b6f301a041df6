// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Headers that go with every answer, so that no browser makes of it what it is not.
enum SecurityHeaders {
  static let fields: HTTPFields = [
    .contentSecurityPolicy:
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    .xContentTypeOptions: "nosniff",
    .referrerPolicy: "no-referrer",
    .crossOriginResourcePolicy: "same-origin",
    .cacheControl: "no-store",
  ]
}
