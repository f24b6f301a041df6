// SPDX-License-Identifier: Apache-2.0

extension RemoteEmbedder {
  /// How a service writes vectors.
  public enum Encoding: String, Sendable, Hashable, CaseIterable {
    /// Numbers in JSON, some ten to twenty bytes each.
    case float
    /// The base64 of little-endian Float32, five and a third bytes a number.
    case base64
  }
}
