// SPDX-License-Identifier: Apache-2.0

/// Documents that are found by what they mean: one collection, on any backend.
///
/// ```swift
/// let store = try await VectorStore.open("sqlite:notes.db", backends: [LocalBackend.self], embedder: embedder)
/// try await store.add([Document(content: "HNSW is a graph index", metadata: ["lang": "en"])])
/// let hits = try await store.search("nearest neighbours", k: 3, filter: Field("lang") == "en")
/// ```
///
/// It may be used from any number of tasks. What is said of ids, filters, transactions and moments is said at
/// ``VectorStoreBackend``.
public struct VectorStore: Sendable {
  /// Where the documents are.
  public let backend: any VectorStoreBackend
  /// Makes vectors of texts; nil where vectors are given.
  public let embedder: (any Embedder)?
  /// How the embedder is named on a command line, recorded in a new store.
  let embedderName: String?
  /// The space of what is written: the embedder's, else the one that was given, if any.
  let givenSpace: EmbeddingSpace?
  /// The recorded space, once known.
  let memory = SpaceMemory()

  /// A store on a backend that is open already, such as one of a test.
  ///
  /// The space is compared with the recorded one when the store is first used;
  /// ``open(_:backends:embedder:options:)`` does so at once.
  ///
  /// - Parameters:
  ///   - embedder: makes vectors of texts. Without one the store works with vectors only.
  ///   - embedderName: how the embedder is named on a command line.
  ///   - space: the space of the vectors where there is no embedder, if it is known.
  public init(
    backend: any VectorStoreBackend, embedder: (any Embedder)? = nil, embedderName: String? = nil,
    space: EmbeddingSpace? = nil
  ) {
    self.backend = backend
    self.embedder = embedder
    self.embedderName = embedderName
    givenSpace = embedder?.space ?? space
  }

  /// Opens a store, and makes it unless the options say otherwise.
  ///
  /// - Parameters:
  ///   - url: `sqlite:PATH`, a bare path, `memory:`, or what the given backends know; see ``StoreURL``.
  ///   - backends: the kinds of stores that may be opened.
  ///   - embedder: makes vectors of texts. Without one the store works with vectors only.
  /// - Throws: ``VectorStoreError/Code/unsupported`` for a URL that none of the backends opens,
  ///   ``VectorStoreError/Code/embeddingSpaceMismatch`` for a store of another embedder.
  public static func open(
    _ url: String, backends: [any VectorStoreBackend.Type], embedder: (any Embedder)? = nil,
    options: OpenOptions = OpenOptions()
  ) async throws -> VectorStore {
    let url = try StoreURL(url)
    guard let kind = backends.first(where: { $0.schemes.contains(url.scheme) }) else {
      let known = backends.flatMap { $0.schemes }.map { "\($0):" }.joined(separator: ", ")
      throw VectorStoreError(
        .unsupported, "no backend opens '\(url.scheme):' here; this program has: \(known.isEmpty ? "none" : known)")
    }
    var options = options
    if let embedder { options.space = embedder.space }
    let backend = try await kind.open(url, options: options)
    let store = VectorStore(
      backend: backend, embedder: embedder, embedderName: options.embedderName, space: options.space)
    do {
      _ = try await store.recordedSpace()
    } catch {
      try? await backend.close()
      throw error
    }
    return store
  }
}
