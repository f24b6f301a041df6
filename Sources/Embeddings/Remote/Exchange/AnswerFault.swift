// SPDX-License-Identifier: Apache-2.0

/// Why a body is not an answer of `/v1/embeddings`.
enum AnswerFault: Error, Hashable {
  /// It is no JSON; says where.
  case noJSON(offset: Int)
  /// It is JSON without a list of vectors.
  case noData
  /// A vector is neither numbers nor base64; says what it is.
  case noVector(item: Int, String)
}
