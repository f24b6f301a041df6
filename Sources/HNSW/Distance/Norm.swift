// SPDX-License-Identifier: Apache-2.0

/// Norms that survive numbers whose squares leave Float32's range.
enum Norm {
  /// 1 / ‖x‖, and NaN for a vector of norm zero, or next to it, which has no direction.
  static func inverse(_ x: UnsafePointer<Float>, _ count: Int, padded: Int) -> Float {
    let squared = Float32Kernels.dot(x, x, padded)
    if squared.isNormal && squared < 1e37 && squared > 1e-30 { return 1 / squared.squareRoot() }
    var exact = 0.0
    for index in 0..<count { exact += Double(x[index]) * Double(x[index]) }
    guard exact > 0 else { return .nan }
    let inverse = Float(1 / exact.squareRoot())
    // A norm below 2⁻¹²⁸ is as good as zero: its inverse is beyond Float32.
    return inverse.isFinite ? inverse : .nan
  }
}
