// SPDX-License-Identifier: Apache-2.0

extension Float {
  /// The Float nearest to a JSON number as it was written; nil for another value, and for a number beyond Float.
  ///
  /// By way of a Double a decimal would be rounded twice. That matters only where the Double lies in the middle of two
  /// Floats, and there its shortest decimal, which is the number that was written, decides.
  package init?(nearest value: JSONValue) {
    switch value {
    case .integer(let integer): self.init(integer)
    case .number(let number):
      guard let float = Float(number.literal) else { return nil }
      self = float
    case .double(let double):
      let float = Float(double)
      let neighbor = double > Double(float) ? float.nextUp : float.nextDown
      let isBetween =
        Double(float) != double && (Double(float) - double).magnitude == (Double(neighbor) - double).magnitude
      self = isBetween ? Float(double.description) ?? float : float
    default: return nil
    }
    guard isFinite else { return nil }
  }
}
