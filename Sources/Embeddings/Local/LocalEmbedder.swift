// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A sentence-embedding model in a folder, run by this process: no server, no Python, no network.
///
/// The folder is one of the hub's or of sentence-transformers' `save`: BERT models with a WordPiece tokenizer (MiniLM,
/// BGE, E5, GTE and others), Model2Vec and StaticEmbedding models.
///
/// ```swift
/// let embedder = try LocalEmbedder(folder: "all-MiniLM-L6-v2")
/// let vector = try await embedder.embed(query: "How are vectors compared?")
/// ```
///
/// The work is done by threads of the embedder's own, so tasks that wait for it hold none of Swift's. Texts are gathered
/// into batches without padding; calls at the same time take turns, batch by batch. The weights are packed in memory,
/// apart from the word embeddings, which stay in the mapped file: do not change the folder's files while it is in use.
public final class LocalEmbedder: Embedder {
  /// The space of the vectors: cosine; the name of the folder or of ``Options/name``.
  public let space: EmbeddingSpace
  /// The model's tokenizer.
  public let tokenizer: WordPieceTokenizer
  /// Tokens of the longest text that is embedded at once, special ones included; `Int.max` where there is no limit.
  public let maxTokens: Int
  let core: EmbedderCore

  /// Loads a model.
  ///
  /// It reads and packs the weights, some 30 ms for 90 MB that are in the page cache, on the calling thread.
  ///
  /// - Throws: ``VectorStoreError/Code/notFound`` for a folder or file that is not there,
  ///   ``VectorStoreError/Code/unsupported`` for an architecture, tokenizer or step that is not implemented, by its name,
  ///   ``VectorStoreError/Code/corrupt`` for damaged files and tensors of another shape; the context has the `file` and
  ///   the `tensor`. ``VectorStoreError/Code/invalidArgument`` for options out of range.
  public init(folder: String, options: Options = Options()) throws {
    let threads = options.threads ?? Self.coreCount
    guard (1...1024).contains(threads) else {
      throw VectorStoreError(.invalidArgument, "threads is \(threads); it must be from 1 to 1024")
    }
    let place = try ModelFolder(path: folder)
    let loaded = try ModelLoader(place, maxTokens: options.maxTokens)
    let prompts = try ModelPrompts(place)
    tokenizer = loaded.tokenizer
    maxTokens = loaded.model.window
    space = EmbeddingSpace(
      model: options.name ?? place.displayName, dimension: loaded.model.dimension,
      isNormalized: loaded.normalizes, queryPrompt: options.queryPrompt ?? prompts.query,
      passagePrompt: options.passagePrompt ?? prompts.passage)
    core = EmbedderCore(
      model: loaded.model, pieces: TextPieces(loaded, longText: options.longText), normalizes: loaded.normalizes,
      pool: WorkerPool(threadCount: threads))
  }

  /// The vectors of passages, with the passage prompt before each.
  ///
  /// - Throws: `CancellationError` soon after the task is cancelled; ``VectorStoreError/Code/embeddingFailed`` if a
  ///   vector has a number that is not finite, which damaged weights bring about.
  public func embed(passages texts: [String]) async throws -> [[Float]] {
    try await core.embed(texts, prompt: space.passagePrompt, progress: nil)
  }

  /// As ``embed(passages:)``, telling how far it came.
  ///
  /// - Parameter progress: called after each batch, on a thread of the embedder's, with the number of texts that are
  ///   done and of all; it should return soon. Calls do not overlap, and the numbers never fall.
  public func embed(
    passages texts: [String], progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) async throws -> [[Float]] {
    try await core.embed(texts, prompt: space.passagePrompt, progress: progress)
  }

  /// The vectors of queries, with the query prompt before each.
  ///
  /// - Throws: as ``embed(passages:)``.
  public func embed(queries texts: [String]) async throws -> [[Float]] {
    try await core.embed(texts, prompt: space.queryPrompt, progress: nil)
  }

  /// The number of tokens of a text, without prompt and special tokens: what a splitter measures chunks with.
  ///
  /// A chunk fits in the window if it has at most ``passageCapacity`` tokens.
  public func countTokens(_ text: String) -> Int { tokenizer.count(text) }

  /// The most tokens of a passage that is embedded in one piece: the window less prompt and special tokens.
  public var passageCapacity: Int {
    guard maxTokens != .max else { return .max }
    return max(core.pieces.capacity - tokenizer.count(space.passagePrompt), 0)
  }

  private static var coreCount: Int { max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1024)) }
}
