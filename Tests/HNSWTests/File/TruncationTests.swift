// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Truncated files")
struct TruncationTests {
  @Test(arguments: [IndexKind(metric: .cosine, storage: .int8), IndexKind(metric: .hamming, storage: .bit)])
  func everyLengthButTheRightOneIsRefused(kind: IndexKind) throws {
    let directory = try TemporaryDirectory()
    try SampleIndex(kind, count: 120, dimension: 8).index.save(to: directory.file("index"))
    let bytes = try directory.bytes("index")
    let step = kind.storage == .bit ? 61 : 97
    var lengths = Set(0..<300).union(stride(from: 300, to: bytes.count, by: step))
    for page in stride(from: 0, through: bytes.count, by: 4_096) {
      lengths.formUnion([page - 8, page - 1, page, page + 1].filter { (0..<bytes.count).contains($0) })
    }
    // From the longest on, in place, which is quicker than writing each.
    let path = try directory.write(bytes, to: "cut")
    for length in lengths.sorted(by: >) {
      try InPlace.truncate(path, to: length)
      let loading = HNSWIndex.Loading.allCases[length % 2]
      let code = errorCode { try HNSWIndex.open(path: path, loading: loading) }
      #expect(code == .corruptFile || code == .unsupportedFile, "\(length) of \(bytes.count) bytes")
    }
    for extra in [1, 8, 16_384] {
      try directory.write(bytes + [UInt8](repeating: 0, count: extra), to: "long")
      expectError(.corruptFile) { try HNSWIndex.open(path: directory.file("long")) }
    }
  }
}
