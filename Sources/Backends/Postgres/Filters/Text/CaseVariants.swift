// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The scalars that ``LikePattern/folded(_:)`` makes into another: for k, K and the Kelvin sign.
enum CaseVariants {
  static let byFolded: [Unicode.Scalar: [Unicode.Scalar]] = {
    var variants: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for value in 0...UInt32(0x10FFFF) {
      guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenLowercased else { continue }
      let folded = LikePattern.folded(scalar)
      if folded != scalar { variants[folded, default: []].append(scalar) }
    }
    return variants
  }()
}
