// SPDX-License-Identifier: Apache-2.0

/// Numbers as a reader wants to see them.
package enum NumberText {
  /// Where there is no number.
  package static let none = "–"

  /// Groups of three digits: 30,000.
  package static func grouped(_ value: Int) -> String {
    var text = ""
    for (place, digit) in String(value.magnitude).reversed().enumerated() {
      if place > 0, place.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + String(text.reversed())
  }

  /// Queries a second to three digits or so: 12,300.
  package static func rate(_ value: Double?) -> String {
    guard let value, value.isFinite, value < 1e15 else { return none }
    if value < 10 { return fixed(value, 1) }
    var step = 1.0
    while value / step >= 1000 { step *= 10 }
    return grouped(Int((value / step).rounded() * step))
  }

  /// With so many decimal digits.
  package static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return none }
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let whole = grouped(scaled / scale)
    guard digits > 0 else { return (value < 0 ? "-" : "") + whole }
    let fraction = String(scaled % scale)
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return (value < 0 && scaled > 0 ? "-" : "") + "\(whole).\(zeros)\(fraction)"
  }

  /// How many times the one is the other: 2.31 ×.
  package static func ratio(_ value: Double?, to reference: Double?) -> String {
    guard let value, let reference, reference > 0 else { return none }
    return "\(fixed(value / reference, 2)) ×"
  }

  /// Seconds, without the unit: 1.5, 0.810.
  package static func seconds(_ value: Double?) -> String {
    guard let value else { return none }
    return fixed(value, value >= 1 ? 1 : 3)
  }

  /// A latency with its unit: 31 µs, 1.2 ms.
  package static func latency(microseconds value: Double?) -> String {
    guard let value else { return none }
    if value < 10 { return "\(fixed(value, 1)) µs" }
    if value < 1000 { return "\(fixed(value, 0)) µs" }
    if value < 10_000 { return "\(fixed(value / 1000, 2)) ms" }
    if value < 1e6 { return "\(fixed(value / 1000, 1)) ms" }
    return "\(fixed(value / 1e6, 2)) s"
  }

  /// A size with its unit: 62.4 MB.
  package static func bytes(_ value: Int?) -> String {
    guard let value else { return none }
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var size = Double(value)
    var unit = 0
    while size >= 1000, unit < units.count - 1 {
      size /= 1000
      unit += 1
    }
    return "\(fixed(size, unit == 0 || size >= 100 ? 0 : 1)) \(units[unit])"
  }

  /// A share as per cent, to two digits: 9.7 %, 0.083 %.
  package static func percent(_ share: Double) -> String {
    let value = share * 100
    guard value > 0, value < 99.5 else { return share >= 0.995 ? "100 %" : "0 %" }
    var digits = 0
    var scaled = value
    while scaled < 9.95, digits < 6 {
      scaled *= 10
      digits += 1
    }
    var text = fixed(value, digits)
    while text.contains("."), text.hasSuffix("0") || text.hasSuffix(".") { text.removeLast() }
    return "\(text) %"
  }

  /// Minutes and seconds: 2:05.
  package static func clock(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded())
    let rest = whole % 60
    return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
