// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// Adds documents; those whose ids are in the store are replaced. All of them, or none where one is refused.
  ///
  /// Documents without an id get a random UUID, or a random number where the ids of a table are numbers. The texts are embedded before anything is written; then everything is
  /// written in one transaction. Of documents with one id the last counts.
  ///
  /// - Parameter progress: hears of ``StoreProgress/Phase/embedding``, then of what the backend reports.
  /// - Returns: the ids, in the order of the documents.
  /// - Throws: ``VectorStoreError/Code/embedderMissing``, ``VectorStoreError/Code/invalidRow`` (an empty id, a NUL byte, a
  ///   NaN in the metadata) with the row in the context, what the embedder and the backend throw, `CancellationError`.
  @discardableResult
  public func add(_ documents: [Document], progress: StoreProgress.Handler? = nil) async throws -> [String] {
    guard !documents.isEmpty else { return [] }
    for (row, document) in documents.enumerated() { try check(document, row: row) }
    let embedder = try requiredEmbedder(for: "adding documents without their vectors")
    _ = try await recordedSpace()
    let vectors = try await PassageBatches(embedder: embedder).vectors(of: documents.map { $0.content }) { done in
      progress?(StoreProgress(phase: .embedding, done: done, total: documents.count))
    }
    _ = try await recordedSpace(orOfDimension: embedder.space.dimension)
    return try await write(documents, vectors, progress)
  }

  /// Adds texts. See ``add(_:progress:)``.
  ///
  /// - Parameters:
  ///   - texts: the texts.
  ///   - metadata: one object for each text; none for all if nil.
  ///   - ids: one id for each text; random ones if nil.
  /// - Returns: the ids, in the order of the texts.
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` where there are not as many objects or ids as texts, and what
  ///   ``add(_:progress:)`` throws.
  @discardableResult
  public func add(
    texts: [String], metadata: [JSONObject]? = nil, ids: [String]? = nil, progress: StoreProgress.Handler? = nil
  ) async throws -> [String] {
    try checkCount(metadata?.count ?? texts.count, "metadata objects", texts.count)
    try checkCount(ids?.count ?? texts.count, "ids", texts.count)
    let documents = texts.indices.map { Document(id: ids?[$0], content: texts[$0], metadata: metadata?[$0] ?? [:]) }
    return try await add(documents, progress: progress)
  }

  /// Adds documents with their vectors; the embedder is not asked. See ``add(_:progress:)``.
  ///
  /// The first vectors of a store that has neither a recorded space nor an embedder decide its dimension, and its metric
  /// is cosine; for another, open the store with ``OpenOptions/space``.
  ///
  /// - Parameter embeddings: one vector for each document, of the store's dimension.
  /// - Returns: the ids, in the order of the documents.
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` where there are not as many vectors as documents,
  ///   ``VectorStoreError/Code/dimensionMismatch``, ``VectorStoreError/Code/invalidRow`` with the row in the context.
  @discardableResult
  public func add(
    _ documents: [Document], embeddings: [[Float]], progress: StoreProgress.Handler? = nil
  ) async throws -> [String] {
    try checkCount(embeddings.count, "vectors", documents.count)
    guard let first = embeddings.first else { return [] }
    for (row, document) in documents.enumerated() { try check(document, row: row) }
    try await checkAndRecord(embeddings, ids: documents.map { $0.id }, first: first)
    return try await write(documents, embeddings, progress)
  }

  private func check(_ document: Document, row: Int) throws {
    try RowChecks.row(row, id: document.id) {
      try RowChecks.check(id: document.id, content: document.content, metadata: document.metadata)
    }
  }

  private func checkCount(_ count: Int, _ things: String, _ expected: Int) throws {
    guard count == expected else {
      throw VectorStoreError(.invalidArgument, "there are \(count) \(things) for \(expected) documents")
    }
  }

  /// Checks vectors against the store's space, and records one where there is none; only if they are good.
  func checkAndRecord(_ rows: some Collection<[Float]>, ids: [String?], first: [Float]) async throws {
    let dimension = try await recordedSpace()?.dimension ?? givenSpace?.dimension ?? first.count
    guard dimension > 0 else { throw VectorStoreError(.dimensionMismatch, "a vector has at least one dimension") }
    for (row, (vector, id)) in zip(rows, ids).enumerated() {
      try RowChecks.row(row, id: id) { try RowChecks.check(vector: vector, dimension: dimension) }
    }
    _ = try await recordedSpace(orOfDimension: dimension)
  }

  private func write(
    _ documents: [Document], _ vectors: [[Float]], _ progress: StoreProgress.Handler?
  ) async throws -> [String] {
    var random = SystemRandomNumberGenerator()
    let form = backend.idForm
    var batch = WriteBatch()
    batch.upserts.reserveCapacity(documents.count)
    for (document, vector) in zip(documents, vectors) {
      batch.upserts.append(
        Record(
          id: document.id ?? form.random(using: &random), content: document.content, metadata: document.metadata,
          vector: vector))
    }
    try Task.checkCancellation()
    _ = try await backend.write(batch, progress: progress)
    return batch.upserts.map { $0.id }
  }
}
