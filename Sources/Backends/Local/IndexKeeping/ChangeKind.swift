// SPDX-License-Identifier: Apache-2.0

/// What the log of changes says of a document's key. A vector's key is never used again: an update of the vector is a new key.
enum ChangeKind: Int64 {
  case added = 0
  case removed = 1
  /// The metadata or the text changed; the vector stayed.
  case touched = 2
}
