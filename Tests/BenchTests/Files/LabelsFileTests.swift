// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct LabelsFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func readsALabelALine() throws {
    let path = try folder.write("3\n-1\n3\n", as: "labels.txt")
    #expect(try LabelsFile.read(path, count: 3) == [3, -1, 3])
  }

  @Test(arguments: ["3\n4\n", "3\n4\n5\n6\n", "3\nx\n5\n", "3\n99999999999\n5\n", ""])
  func anythingElseIsAnError(text: String) throws {
    let path = try folder.write(text, as: "labels.txt")
    #expect(throws: VectorFileError.self) { try LabelsFile.read(path, count: 3) }
  }
}
