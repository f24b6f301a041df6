// SPDX-License-Identifier: Apache-2.0

extension PGParameter {
  /// A text or NULL.
  static func text(_ value: String?) -> PGParameter { value.map { .text($0) } ?? PGParameter(type: 25, bytes: nil) }
  /// An integer or NULL.
  static func int4(_ value: Int32?) -> PGParameter { value.map { .int4($0) } ?? PGParameter(type: 23, bytes: nil) }
  /// A bool or NULL.
  static func bool(_ value: Bool?) -> PGParameter { value.map { .bool($0) } ?? PGParameter(type: 16, bytes: nil) }
}
