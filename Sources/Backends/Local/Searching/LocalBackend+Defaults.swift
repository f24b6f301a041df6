// SPDX-License-Identifier: Apache-2.0

extension LocalBackend {
  /// The beam of a search that asks for none. pgvector's default is 40, which is a little short for recall 0.95 on large sets.
  public static func defaultEfSearch(k: Int) -> Int { max(64, min(k &+ k / 2, 4_096)) }
}
