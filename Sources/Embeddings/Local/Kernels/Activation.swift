// SPDX-License-Identifier: Apache-2.0

/// The function between the two products of a transformer's feed-forward part.
enum Activation: Sendable {
  /// x·Φ(x) by the error function (Hendrycks, Gimpel: [GELU](https://arxiv.org/abs/1606.08415)).
  case gelu
  /// Its approximation by tanh, which some models were trained with.
  case geluTanh
  /// max(0, x).
  case relu
  case tanh

  /// The activation that `config.json` calls by this name; nil for another.
  init?(name: String) {
    switch name {
    case "gelu", "gelu_python": self = .gelu
    case "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_accurate": self = .geluTanh
    case "relu": self = .relu
    case "tanh": self = .tanh
    default: return nil
    }
  }

  /// Applies the function to `count` numbers, a multiple of 16, in place.
  @inline(__always)
  func apply(_ numbers: UnsafeMutablePointer<Float>, count: Int) {
    switch self {
    case .gelu:
      Self.forEach(numbers, count) { x in
        let half = Wide(repeating: 0.5) * x
        return Wide.fused(half, Functions.erf(x * Wide(repeating: 0.707_106_77)), half)
      }
    case .geluTanh:
      Self.forEach(numbers, count) { x in
        let inner = x * Wide.fused(x * x, Wide(repeating: 0.035_677_41), 0.797_884_56)
        let half = Wide(repeating: 0.5) * x
        return Wide.fused(half, Functions.tanh(inner), half)
      }
    case .relu:
      Self.forEach(numbers, count) { Wide.larger($0, Wide()) }
    case .tanh:
      Self.forEach(numbers, count) { Functions.tanh($0) }
    }
  }

  @inline(__always)
  private static func forEach(_ numbers: UnsafeMutablePointer<Float>, _ count: Int, _ body: (Wide) -> Wide) {
    var index = 0
    while index < count {
      body(Wide.load(numbers + index)).store(numbers + index)
      index &+= 16
    }
  }
}
