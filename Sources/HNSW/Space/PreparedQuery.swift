// SPDX-License-Identifier: Apache-2.0

/// A query in the form that the kernels read: made once for each search, used for every distance of it.
///
/// One context owns it and one thread uses it at a time.
final class PreparedQuery {
  /// The query as Float32, padded with zeros; scaled to unit norm for cosine.
  let floats: UnsafeMutablePointer<Float>
  /// What 8-bit codes are multiplied by.
  let weights: UnsafeMutablePointer<Int16>
  /// The query's centred form, for coded L1 and as scratch.
  let centred: UnsafeMutablePointer<Float>
  /// A bit query.
  let bits: UnsafeMutablePointer<UInt64>
  var bitPopulation = 0
  /// A coded distance is `offset + bias(row) + factor · scale(row) · (Σwc − zeroPoint)`.
  var offset: Float = 0
  var factor: Float = 0
  var zeroPoint: Int32 = 0

  init(dimension: Int) {
    let lanes = CodeKernels.padded(max(dimension, 1))
    floats = .allocate(capacity: lanes)
    floats.initialize(repeating: 0, count: lanes)
    centred = .allocate(capacity: lanes)
    centred.initialize(repeating: 0, count: lanes)
    weights = .allocate(capacity: lanes)
    weights.initialize(repeating: 0, count: lanes)
    bits = .allocate(capacity: BitKernels.words(lanes))
    bits.initialize(repeating: 0, count: BitKernels.words(lanes))
  }

  deinit {
    floats.deallocate()
    centred.deallocate()
    weights.deallocate()
    bits.deallocate()
  }
}
