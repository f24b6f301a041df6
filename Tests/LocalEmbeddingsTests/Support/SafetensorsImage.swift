// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Writes and reads safetensors files, in the simplest way.
enum SafetensorsImage {
  enum Kind: String, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
  }

  /// The bytes of a file.
  static func bytes(_ weights: Weights, as kind: Kind = .float32) -> [UInt8] {
    var entries: [String] = ["\"__metadata__\":{\"format\":\"pt\"}"]
    var data: [UInt8] = []
    for (name, tensor) in weights.tensors.sorted(by: { $0.key < $1.key }) {
      let start = data.count
      for number in tensor.numbers { data += encode(number, kind) }
      entries.append(
        "\"\(name)\":{\"dtype\":\"\(kind.rawValue)\",\"shape\":\(tensor.shape),\"data_offsets\":[\(start),\(data.count)]}"
      )
    }
    let header = Array("{\(entries.joined(separator: ","))}".utf8)
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + data
  }

  /// The numbers as they come back from a file of this kind.
  static func rounded(_ weights: Weights, as kind: Kind) -> Weights {
    var result = weights
    for (name, tensor) in weights.tensors {
      result.tensors[name]?.numbers = tensor.numbers.map { round($0, kind) }
    }
    return result
  }

  /// The tensors of Float32 in a file.
  static func read(_ path: String) throws -> Weights {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    let length = Int(data.prefix(8).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) })
    var weights = Weights()
    guard let header = try JSONSerialization.jsonObject(with: data[8..<(8 + length)]) as? [String: [String: Any]] else {
      return weights
    }
    for (name, entry) in header where entry["dtype"] as? String == "F32" {
      guard let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int] else { continue }
      let bytes = data[(8 + length + offsets[0])..<(8 + length + offsets[1])]
      let numbers = [Float](unsafeUninitializedCapacity: bytes.count / 4) { buffer, count in
        count = bytes.copyBytes(to: buffer) / 4
      }
      weights.tensors[name] = Weights.Array(shape: shape, numbers: numbers)
    }
    return weights
  }

  private static func encode(_ number: Float, _ kind: Kind) -> [UInt8] {
    switch kind {
    case .float32: withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
    case .bfloat16: withUnsafeBytes(of: UInt16(number.bitPattern >> 16).littleEndian) { Array($0) }
    case .float16: withUnsafeBytes(of: half(number).littleEndian) { Array($0) }
    }
  }

  private static func round(_ number: Float, _ kind: Kind) -> Float {
    switch kind {
    case .float32: return number
    case .bfloat16: return Float(bitPattern: number.bitPattern & 0xFFFF_0000)
    case .float16:
      let bits = half(number)
      let magnitude = Double(bits & 0x3FF)
      let exponent = Int(bits >> 10 & 31)
      let value =
        exponent == 0
        ? magnitude * 0x1p-24 : (1 + magnitude / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
      return Float(bits & 0x8000 == 0 ? value : -value)
    }
  }

  /// The binary16 number towards zero from a number below 65,504.
  private static func half(_ number: Float) -> UInt16 {
    let sign: UInt16 = number.sign == .minus ? 0x8000 : 0
    let magnitude = Double(number.magnitude)
    if magnitude < 0x1p-14 { return sign | UInt16(magnitude * 0x1p24) }
    let exponent = Int(magnitude.exponent)
    return sign | UInt16(exponent + 15) << 10 | UInt16((magnitude.significand - 1) * 1024)
  }
}
