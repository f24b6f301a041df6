// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct VectorFileWriterTests {
  private let folder: TemporaryFolder
  private let matrix = Matrix<Float>(dimension: 3, values: [1, -2.5, 3, 4, 5, .leastNonzeroMagnitude])

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test(arguments: ["a.fvecs", "a.fbin", "a.npy"])
  func whatIsWrittenIsReadAgain(name: String) throws {
    let path = folder.path(name)
    try VectorFileWriter.write(matrix, to: path)
    let read = try VectorFile.readVectors(path)
    #expect(read.dimension == 3)
    #expect(read.values == matrix.values)
  }

  @Test func neighboursAreReadAgain() throws {
    let neighbors = Matrix<Int32>(dimension: 2, values: [0, -1, .max, 7])
    try VectorFileWriter.write(neighbors, to: folder.path("a.ivecs"))
    #expect(try VectorFile.readNeighbors(folder.path("a.ivecs")).values == neighbors.values)
  }

  @Test func readsIbinAsNeighbours() throws {
    let bytes = [2, 2, 0, 9, 7, 8].flatMap { FileBytes.int32($0) }
    #expect(try VectorFile.readNeighbors(try folder.write(bytes, as: "a.ibin")).values == [0, 9, 7, 8])
    for length in 0..<bytes.count {
      let cut = try folder.write(Array(bytes.prefix(length)), as: "cut.ibin")
      #expect(throws: VectorFileError.self) { try VectorFile.readNeighbors(cut) }
    }
  }

  @Test func anotherSuffixAndAMissingFolderAreErrors() {
    #expect(throws: VectorFileError.self) { try VectorFileWriter.write(matrix, to: folder.path("a.bvecs")) }
    #expect(throws: VectorFileError.self) { try VectorFileWriter.write(matrix, to: folder.path("absent/a.fvecs")) }
  }
}
