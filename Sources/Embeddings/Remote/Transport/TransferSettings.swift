// SPDX-License-Identifier: Apache-2.0

/// What all transfers of a client have in common.
struct TransferSettings: Sendable {
  /// The proxy's URL; empty for none, nil for what the environment says.
  var proxy: String?
  /// A file of certificates to trust in place of the system's.
  var caFile: String?
  /// How long things may take.
  var timeouts: RemoteEmbedder.Timeouts
  /// Transfers at a time; others wait for their turn.
  var maxTransfers: Int
}
