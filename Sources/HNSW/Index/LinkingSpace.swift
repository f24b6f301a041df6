// SPDX-License-Identifier: Apache-2.0

/// Chooses what a batch is linked by.
///
/// Linking computes hundreds of distances for each vector, and codes give the same links as full rows at a quarter of the
/// memory traffic. A Float32 index that takes in a batch which is a fair part of it is therefore coded for the time of
/// the call; its searches never see the codes.
struct LinkingSpace {
  let configuration: HNSWConfiguration

  /// A batch of this part of all slots pays for coding all of them.
  private static let batchShare = 64
  /// Below it, a batch is linked before codes could save anything.
  private static let minimumBatch = 1_000

  /// The space to link by; `stored` slots are there, the last `batch` of them new.
  func space(for space: VectorSpace, stored: Int, batch: Int, threads: Int) throws(VectorIndexError) -> VectorSpace {
    guard let full = space as? Float32Space, configuration.metric != .l1,
      batch >= Self.minimumBatch, batch >= stored / Self.batchShare
    else { return space }
    let coded = try CodedSpace(full: full, wantedRecords: stored, minimumRecords: stored)
    let step = max(1, stored / HNSWIndex.calibrationSample)
    coded.calibrate(meanOf: stride(from: 0, to: stored, by: step).map { UnsafePointer(full.row($0)) })
    coded.adviseCodeHugePages(slots: stored)
    try BatchRun.forEach(stored, threads: threads) { (slot, _) throws(VectorIndexError) in coded.encode(slot) }
    return coded
  }
}
