// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// An embedder for tests: the same text has the same vector, of norm 1, on every run and every machine, and different
/// texts have vectors that have nothing to do with each other.
///
/// A text can be given a vector of its own, so that a test decides what is near to what.
public struct DeterministicEmbedder: Embedder {
  /// The space of the vectors.
  public let space: EmbeddingSpace
  private let fixed: [String: [Float]]

  /// An embedder of this dimension.
  ///
  /// - Parameters:
  ///   - dimension: numbers in a vector, at least 1.
  ///   - model: the name in the space.
  ///   - fixed: vectors of some texts, used as they are.
  public init(dimension: Int = 8, model: String = "deterministic", fixed: [String: [Float]] = [:]) {
    space = EmbeddingSpace(model: model, dimension: max(1, dimension), isNormalized: fixed.isEmpty)
    self.fixed = fixed
  }

  /// The vectors of passages, equal to those of queries of the same texts.
  public func embed(passages texts: [String]) async throws -> [[Float]] { texts.map { vector(of: $0) } }

  /// The vectors of queries, equal to those of passages of the same texts.
  public func embed(queries texts: [String]) async throws -> [[Float]] { texts.map { vector(of: $0) } }

  /// The vector of a text.
  public func vector(of text: String) -> [Float] {
    if let vector = fixed[text] { return vector }
    var seed: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { seed = (seed ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var random = SeededGenerator(seed)
    return random.unitVector(dimension: space.dimension)
  }
}
