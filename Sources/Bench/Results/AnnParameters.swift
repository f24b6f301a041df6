// SPDX-License-Identifier: Apache-2.0

/// The build parameters of a graph.
struct AnnParameters: Encodable {
  let m: Int
  let efConstruction: Int
  let seed: UInt64

  private enum CodingKeys: String, CodingKey {
    case m
    case efConstruction = "ef_construction"
    case seed
  }
}
