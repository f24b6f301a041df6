// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore
import VectorStoreTesting

/// An input that both sides have to refuse.
struct BadInput {
  let name: String
  let type: VectorColumnType
  /// What has the engine take it.
  let engine: () throws -> Void
  /// What has the server take it.
  let sql: SQLText
}

/// The bad inputs of each type.
struct BadInputs {
  let server: VerifyServer

  /// All that this pgvector has the types for.
  var all: [BadInput] {
    var inputs: [BadInput] = []
    if let metrics = metrics(.vector) { inputs += vectors + mismatches([Float].self, [1, 2], [1, 2, 3], metrics) }
    if let metrics = metrics(.halfvec), let (a, b) = try? (HalfVector([1, 2]), HalfVector([1, 2, 3])) {
      inputs += halves + mismatches(HalfVector.self, a, b, metrics)
    }
    if let metrics = metrics(.sparsevec), let (a, b) = try? (SparseVector([0, 2]), SparseVector([1, 0, 3])) {
      inputs += sparse + mismatches(SparseVector.self, a, b, metrics)
    }
    if let metrics = metrics(.bit) {
      inputs += mismatches(BitVector.self, BitVector([true, false]), BitVector([true, false, true]), metrics)
    }
    return inputs
  }

  private func metrics(_ type: VectorColumnType) -> [Metric]? { server.types[type]?.metrics }

  // MARK: Pairs

  private func mismatches<Vector: VerifiedVector>(
    _ kind: Vector.Type, _ a: Vector, _ b: Vector, _ metrics: [Metric]
  ) -> [BadInput] {
    let type = Vector.columnType
    guard let left = try? a.wireBytes, let right = try? b.wireBytes else { return [] }
    var inputs = metrics.map { metric in
      BadInput(
        name: "\(a.dimensionCount) and \(b.dimensionCount) dimensions by \(metric.operatorName)", type: type,
        engine: { _ = try a.engineDistance(to: b, metric: metric) },
        sql: "SELECT \(server.parameter(type, left)) \(server.operation(metric)) \(server.parameter(type, right))")
    }
    if let metric = metrics.first, type != .bit {
      let typed: SQLText = "\(server.schema).\(SQLText(stringLiteral: type.rawValue))(\(a.dimensionCount))"
      inputs.append(
        BadInput(
          name: "a row of \(b.dimensionCount) dimensions among those of \(a.dimensionCount)", type: type,
          engine: {
            var index = try ExactIndex<Vector>(dimension: a.dimensionCount, metric: metric)
            try index.add(label: 1, vector: b)
          }, sql: "SELECT \(server.parameter(type, right))::\(typed)"))
    }
    return inputs
  }

  // MARK: Vectors

  private func dense(
    _ name: String, _ type: VectorColumnType, _ dimension: Int, _ numbers: [[UInt8]],
    _ engine: @escaping () throws -> Void
  ) -> BadInput {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: UInt16(truncatingIfNeeded: dimension))
    bytes.append(bigEndian: UInt16(0))
    for number in numbers { bytes += number }
    return BadInput(name: name, type: type, engine: engine, sql: "SELECT (\(server.parameter(type, bytes)))::text")
  }

  private var vectors: [BadInput] {
    func input(_ name: String, _ numbers: [Float]) -> BadInput {
      dense(name, .vector, numbers.count, numbers.map { .bigEndian($0.bitPattern) }) {
        _ = try Distance.distance(numbers, numbers, metric: .l2)
      }
    }
    func text(_ name: String, _ text: String, _ number: String) -> BadInput {
      // What overflows when it is read is an infinity to the engine.
      BadInput(
        name: name, type: .vector,
        engine: { try ExactIndex<[Float]>.check([Float(number) ?? .nan]) },
        sql: "SELECT (\(bind: .text(text))::text::\(server.schema).vector)::text")
    }
    return [
      input("no dimension", []), input("16,001 dimensions", Array(repeating: 1, count: 16_001)),
      input("NaN", [1, .nan]), input("infinity", [.infinity]), input("negative infinity", [0, 0, -.infinity]),
      input("a NaN with other bits", [Float(bitPattern: 0xFFC0_1234)]),
      text("the text 1e39, beyond Float32", "[1e39]", "1e39"), text("the text NaN", "[NaN]", "nan"),
      text("the text Infinity", "[-Infinity]", "-inf"),
    ]
  }

  private var halves: [BadInput] {
    func input(_ name: String, _ halves: [UInt16]) -> BadInput {
      dense(name, .halfvec, halves.count, halves.map { .bigEndian($0) }) {
        let vector = try HalfVector(bitPatterns: halves)
        _ = try Distance.distance(vector, vector, metric: .l2)
      }
    }
    func cast(_ number: Float) -> BadInput {
      let bytes = VectorCodec.form(of: [number])
      return BadInput(
        name: "\(number) rounded to half precision", type: .halfvec, engine: { _ = try HalfVector([number]) },
        sql: "SELECT (\(server.parameter(.vector, bytes))\(server.cast(.halfvec)))::text")
    }
    return [
      input("no dimension", []), input("16,001 dimensions", Array(repeating: 0x3C00, count: 16_001)),
      input("NaN", [0x3C00, 0x7E00]), input("infinity", [0x7C00]), input("negative infinity", [0xFC00]),
      cast(65_520), cast(-65_520), cast(1e30), cast(.greatestFiniteMagnitude),
    ]
  }

  private var sparse: [BadInput] {
    func input(_ name: String, _ dimension: Int, _ indices: [Int32], _ values: [Float]) -> BadInput {
      var bytes: [UInt8] = []
      for number in [Int32(clamping: dimension), Int32(clamping: indices.count), 0] { bytes.append(bigEndian: number) }
      for index in indices { bytes.append(bigEndian: index) }
      for value in values { bytes.append(bigEndian: value.bitPattern) }
      return BadInput(
        name: name, type: .sparsevec,
        engine: { _ = try SparseVector(dimension: dimension, indices: indices, values: values) },
        sql: "SELECT (\(server.parameter(.sparsevec, bytes)))::text")
    }
    let many = Array(Int32(0)...16_000)
    return [
      input("no dimension", 0, [], []), input("a negative dimension", -1, [], []),
      input("1,000,000,001 dimensions", 1_000_000_001, [], []),
      input("16,001 numbers other than zero", 20_000, many, Array(repeating: 1, count: many.count)),
      input("more numbers than dimensions", 1, [0, 1], [1, 1]), input("an index below 0", 3, [-1], [1]),
      input("an index beyond the dimensions", 3, [3], [1]), input("indices that descend", 3, [2, 0], [1, 1]),
      input("an index twice", 3, [1, 1], [1, 1]), input("a zero", 3, [1], [0]),
      input("a negative zero", 3, [1], [-0.0]),
      input("NaN", 3, [1], [.nan]), input("infinity", 3, [1], [-.infinity]),
    ]
  }
}

extension ExactIndex where Vector == [Float] {
  /// Throws for a vector that is none.
  fileprivate static func check(_ vector: [Float]) throws {
    var index = try ExactIndex(dimension: vector.count, metric: .l2)
    try index.add(label: 0, vector: vector)
  }
}

extension VectorCodec {
  /// The binary form of finite numbers, of at most 16,000.
  fileprivate static func form(of numbers: [Float]) -> [UInt8] { (try? encode(numbers, as: .vector)) ?? [] }
}
