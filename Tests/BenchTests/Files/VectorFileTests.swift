// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct VectorFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func readsFvecs() throws {
    let path = try folder.write(FileBytes.fvecs([[1, -2.5, 3], [4, 5, 6]]), as: "a.fvecs")
    let matrix = try VectorFile.readVectors(path)
    #expect(matrix.count == 2)
    #expect(matrix.dimension == 3)
    #expect(Array(matrix[0]) == [1, -2.5, 3])
    #expect(Array(matrix[1]) == [4, 5, 6])
  }

  @Test func readsBvecsAndIvecsAsFloats() throws {
    let bvecs = try folder.write(FileBytes.bvecs([[0, 255], [7, 8]]), as: "a.bvecs")
    #expect(try VectorFile.readVectors(bvecs).values == [0, 255, 7, 8])
    let ivecs = try folder.write(FileBytes.ivecs([[-1, 70000]]), as: "a.ivecs")
    #expect(try VectorFile.readVectors(ivecs).values == [-1, 70000])
  }

  @Test func readsFbin() throws {
    let path = try folder.write(FileBytes.fbin(count: 2, dimension: 2, [1, 2, 3, 4]), as: "a.fbin")
    let matrix = try VectorFile.readVectors(path)
    #expect((matrix.count, matrix.dimension) == (2, 2))
    #expect(matrix.values == [1, 2, 3, 4])
  }

  @Test(arguments: [1, 2] as [UInt8])
  func readsNpy(version: UInt8) throws {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }"
    let path = try folder.write(FileBytes.npy(header, version: version, [1, 2, 3, 4, 5, 6]), as: "a.npy")
    let matrix = try VectorFile.readVectors(path)
    #expect((matrix.count, matrix.dimension) == (3, 2))
    #expect(matrix.values == [1, 2, 3, 4, 5, 6])
  }

  /// A file of several blocks, whose rows straddle their ends.
  @Test func readsLargeFiles() throws {
    let dimension = 1000
    let rows = (0..<2300).map { row in (0..<dimension).map { Float(row * dimension + $0) } }
    let flat = rows.flatMap { $0 }
    let fvecs = try folder.write(FileBytes.fvecs(rows), as: "a.fvecs")
    #expect(try VectorFile.readVectors(fvecs).values == flat)
    let fbin = try folder.write(FileBytes.fbin(count: 2300, dimension: Int32(dimension), flat), as: "a.fbin")
    #expect(try VectorFile.readVectors(fbin).values == flat)
  }

  /// Every file cut at every length is an error, but for the lengths that are whole rows of TEXMEX.
  @Test func everyTruncationIsAnError() throws {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"
    let files: [(name: String, bytes: [UInt8], record: Int?)] = [
      ("a.fvecs", FileBytes.fvecs([[1, 2, 3], [4, 5, 6]]), 16),
      ("a.ivecs", FileBytes.ivecs([[1, 2, 3], [4, 5, 6]]), 16),
      ("a.bvecs", FileBytes.bvecs([[1, 2, 3], [4, 5, 6]]), 7),
      ("a.fbin", FileBytes.fbin(count: 2, dimension: 3, [1, 2, 3, 4, 5, 6]), nil),
      ("a.npy", FileBytes.npy(header, [1, 2, 3, 4, 5, 6]), nil),
    ]
    for (name, bytes, record) in files {
      for length in 0..<bytes.count {
        let path = try folder.write(Array(bytes.prefix(length)), as: name)
        if let record, length > 0, length.isMultiple(of: record) {
          #expect(try VectorFile.readVectors(path).count == length / record)
        } else {
          #expect(throws: VectorFileError.self, "\(name) cut to \(length)") { try VectorFile.readVectors(path) }
        }
      }
      let path = try folder.write(bytes + [0], as: name)
      #expect(throws: VectorFileError.self, "\(name) with a byte more") { try VectorFile.readVectors(path) }
    }
  }

  /// Random bytes are an error or vectors, never a crash, whatever sizes they state.
  @Test func foreignBytesNeverCrash() throws {
    var random = SplitMix64(seed: 7)
    for name in ["a.fvecs", "a.bvecs", "a.fbin", "a.npy"] {
      for _ in 0..<200 {
        var bytes = (0..<Int.random(in: 0...96, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        if name == "a.npy" {
          bytes = FileBytes.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", [0, 0, 0, 0, 0, 0])
          bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        let path = try folder.write(bytes, as: name)
        do {
          let matrix = try VectorFile.readVectors(path)
          #expect(matrix.values.count == matrix.count * matrix.dimension)
        } catch is VectorFileError {
          continue
        }
      }
    }
  }

  @Test func rowsOfDifferentDimensionsAreAnErrorThatNamesTheByte() throws {
    let path = try folder.write(FileBytes.fvecs([[1, 2], [3, 4]]) + FileBytes.ivecs([[3, 4]]), as: "good.fvecs")
    #expect(try VectorFile.readVectors(path).count == 3)
    var bytes = FileBytes.fvecs([[1, 2], [3, 4], [5, 6]])
    bytes[12] = 3
    let wrong = try folder.write(bytes, as: "wrong.fvecs")
    let error = #expect(throws: VectorFileError.self) { try VectorFile.readVectors(wrong) }
    #expect(error?.offset == 12)
    #expect(error?.description == "\(wrong): at byte 12: row 1 states the dimension 3, the first row 2")
  }

  @Test(arguments: [0, -1, Int32.min] as [Int32])
  func aDimensionBelowOneIsAnError(dimension: Int32) throws {
    let fvecs = try folder.write(FileBytes.int32(dimension) + [0, 0, 0, 0], as: "a.fvecs")
    #expect(throws: VectorFileError.self) { try VectorFile.readVectors(fvecs) }
    let fbin = try folder.write(FileBytes.fbin(count: 1, dimension: dimension, [1]), as: "a.fbin")
    #expect(throws: VectorFileError.self) { try VectorFile.readVectors(fbin) }
  }

  @Test func sizesThatOverflowAreAnError() throws {
    let fbin = try folder.write(FileBytes.fbin(count: .max, dimension: .max, [1]), as: "a.fbin")
    #expect(throws: VectorFileError.self) { try VectorFile.readVectors(fbin) }
    for shape in ["(9223372036854775807, 4)", "(4611686018427387904, 4)", "(99999999999999999999, 1)"] {
      let npy = try folder.write(
        FileBytes.npy("{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }", [1]), as: "a.npy")
      #expect(throws: VectorFileError.self) { try VectorFile.readVectors(npy) }
    }
  }

  @Test(arguments: [
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }", "<f8"),
    ("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 1), }", ">f4"),
    ("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", "C order"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "matrix"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 4), }", "matrix"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1), }", "matrix"),
    ("{'fortran_order': False, 'shape': (1, 1), }", "type"),
  ])
  func otherArraysOfNumPyAreAnErrorThatSaysWhy(header: String, reason: String) throws {
    let path = try folder.write(FileBytes.npy(header, [1]), as: "a.npy")
    let error = #expect(throws: VectorFileError.self) { try VectorFile.readVectors(path) }
    #expect(error?.message.contains(reason) == true)
  }

  @Test func filesThatAreNoFilesAreAnError() throws {
    let absent = folder.path("absent.fvecs")
    let error = #expect(throws: VectorFileError.self) { try VectorFile.readVectors(absent) }
    #expect(error?.description == "\(absent): there is no such file")
    #expect(throws: VectorFileError.self) { try VectorFile.readVectors(folder.path("")) }
    let text = try folder.write("hello", as: "a.txt")
    #expect(throws: VectorFileError.self) { try VectorFile.readVectors(text) }
  }

  @Test func neighborsComeFromIvecsOnly() throws {
    let path = try folder.write(FileBytes.ivecs([[3, 1], [0, 2]]), as: "a.ivecs")
    #expect(try VectorFile.readNeighbors(path).values == [3, 1, 0, 2])
    let other = try folder.write(FileBytes.fvecs([[3, 1]]), as: "a.fvecs")
    #expect(throws: VectorFileError.self) { try VectorFile.readNeighbors(other) }
  }
}
