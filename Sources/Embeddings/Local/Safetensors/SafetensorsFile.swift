// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A file of named tensors: eight bytes with the length of a JSON header, the header, the tensors' bytes
/// ([the format](https://github.com/huggingface/safetensors#format)).
///
/// Everything the header says is checked before it is used, with arithmetic that notices overflow.
struct SafetensorsFile {
  /// What the header says of one tensor.
  private struct Entry {
    let kind: String
    let shape: [Int]
    /// Where the tensor's bytes are in the file.
    let range: Range<Int>
  }

  private let file: MappedFile
  private let entries: [ByteKeyed: Entry]
  /// The tensors' names, in the header's order.
  let names: [String]

  /// Headers longer than this are refused, as the reference implementation does.
  private static let longestHeader = 100_000_000

  /// - Throws: ``VectorStoreError/Code/corrupt`` where the header does not fit the file.
  init(_ file: MappedFile) throws {
    self.file = file
    let bytes = file.bytes
    guard bytes.count >= 8 else {
      throw ModelError.corrupt(file.name, "has \(bytes.count) bytes; a safetensors file has 8 and a header at least")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(Self.longestHeader), let headerLength = Int(exactly: length), headerLength <= bytes.count - 8
    else {
      throw ModelError.corrupt(
        file.name, "the header is to have \(length) bytes, but the file has \(bytes.count) in all")
    }
    let header: JSONValue
    do {
      header = try JSONValue(parsing: Array(bytes[8..<(8 + headerLength)]))
    } catch let error as VectorStoreError {
      throw ModelError.corrupt(file.name, "the header is no JSON: \(error.message)").adding(error.context)
    }
    guard let object = header.objectValue else {
      throw ModelError.corrupt(file.name, "the header is \(header.kindDescription); expected an object")
    }
    var entries: [ByteKeyed: Entry] = [:]
    var names: [String] = []
    for (name, value) in object where name != "__metadata__" {
      entries[ByteKeyed(name)] = try Self.entry(name, value, file: file, dataStart: 8 + headerLength)
      names.append(name)
    }
    self.entries = entries
    self.names = names
    withExtendedLifetime(file) {}
  }

  /// Whether there is a tensor of this name.
  func has(_ name: String) -> Bool { entries[ByteKeyed(name)] != nil }

  /// The shape of a tensor, nil where there is none of this name.
  func shape(_ name: String) -> [Int]? { entries[ByteKeyed(name)]?.shape }

  /// The tensor of this name and shape.
  ///
  /// - Throws: ``VectorStoreError/Code/corrupt`` if it is missing or has another shape, ``VectorStoreError/Code/unsupported``
  ///   if it is not of numbers that weights are read from.
  func tensor(_ name: String, shape: [Int]) throws -> Tensor {
    guard let entry = entries[ByteKeyed(name)] else {
      throw ModelError.corrupt(
        file.name, "there is no tensor \"\(name)\"; expected one of shape \(shape)", tensor: name)
    }
    guard entry.shape == shape else {
      throw ModelError.corrupt(
        file.name, "tensor \"\(name)\" has the shape \(entry.shape); expected \(shape)", tensor: name)
    }
    guard let element = TensorElement(rawValue: entry.kind) else {
      throw ModelError.unsupported(
        file.name, "tensor \"\(name)\" is of \(entry.kind); weights are read from F32, F16 and BF16"
      ).adding([.tensor: name])
    }
    let columns = shape.last ?? 1
    let rows = shape.dropLast().reduce(1) { $0 &* $1 }
    return Tensor(file: file, name: name, element: element, rows: rows, columns: columns, range: entry.range)
  }

  /// The bytes of a vector of one of these kinds, with the number and size of its elements.
  func raw(_ name: String, kinds: [String]) throws -> (bytes: UnsafeRawBufferPointer, count: Int, size: Int) {
    guard let entry = entries[ByteKeyed(name)] else {
      throw ModelError.corrupt(file.name, "there is no tensor \"\(name)\"", tensor: name)
    }
    guard kinds.contains(entry.kind), let size = TensorElement.size(named: entry.kind), entry.shape.count == 1 else {
      throw ModelError.unsupported(
        file.name, "tensor \"\(name)\" is of \(entry.kind) and shape \(entry.shape); expected a vector of \(kinds)"
      ).adding([.tensor: name])
    }
    return (UnsafeRawBufferPointer(rebasing: file.bytes[entry.range]), entry.shape[0], size)
  }

  /// The name that errors give the file.
  var fileName: String { file.name }

  private static func entry(_ name: String, _ value: JSONValue, file: MappedFile, dataStart: Int) throws -> Entry {
    func wrong(_ message: String) -> VectorStoreError {
      ModelError.corrupt(file.name, "tensor \"\(name)\" \(message)", tensor: name)
    }
    guard let kind = value["dtype"]?.stringValue, let size = TensorElement.size(named: kind) else {
      throw wrong("has the dtype \(value["dtype"]?.description ?? "null"), which the format does not have")
    }
    guard let lengths = integers(value["shape"]) else { throw wrong("has no shape of whole numbers from 0") }
    guard let offsets = integers(value["data_offsets"]), offsets.count == 2, offsets[0] <= offsets[1] else {
      throw wrong("has no two data_offsets in order")
    }
    var count = size
    for length in lengths {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else { throw wrong("of shape \(lengths) is larger than any file") }
      count = product
    }
    guard offsets[1] <= file.bytes.count - dataStart else {
      throw wrong("ends at byte \(offsets[1]) of \(file.bytes.count - dataStart); the file is truncated")
    }
    guard offsets[1] - offsets[0] == count else {
      throw wrong("of shape \(lengths) and \(kind) has \(offsets[1] - offsets[0]) bytes; expected \(count)")
    }
    return Entry(kind: kind, shape: lengths, range: (dataStart + offsets[0])..<(dataStart + offsets[1]))
  }

  /// The whole numbers from 0 in an array; nil if it is something else.
  private static func integers(_ value: JSONValue?) -> [Int]? {
    guard let array = value?.arrayValue else { return nil }
    var result: [Int] = []
    for element in array {
      guard let number = element.integerValue, number >= 0, let integer = Int(exactly: number) else { return nil }
      result.append(integer)
    }
    return result
  }
}
