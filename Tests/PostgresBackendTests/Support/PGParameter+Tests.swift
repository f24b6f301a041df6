// SPDX-License-Identifier: Apache-2.0

import PostgresBackend

extension PGStatement {
  /// A statement with int8 values.
  static func numbers(_ text: String, _ values: Int..., isPrepared: Bool = true) -> PGStatement {
    PGStatement(text, parameters: values.map(PGParameter.number), isPrepared: isPrepared)
  }
}

extension PGParameter {
  /// An int8.
  static func number(_ value: Int) -> PGParameter {
    PGParameter(type: 20, bytes: withUnsafeBytes(of: Int64(value).bigEndian) { Array($0) })
  }
}
