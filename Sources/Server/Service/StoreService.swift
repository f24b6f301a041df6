// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// What the handlers of all routes share.
struct StoreService: Sendable {
  let handle: StoreHandle
  let options: ServerOptions
  let metrics: ServerMetrics
  let pipeline: RequestPipeline
  let embedderProbe = EmbedderProbe()

  var limits: ServerLimits { options.limits }

  init(_ handle: StoreHandle, _ options: ServerOptions) {
    self.handle = handle
    self.options = options
    metrics = ServerMetrics()
    pipeline = RequestPipeline(options, metrics: metrics)
  }

  /// The store.
  ///
  /// - Throws: ``VectorStoreError/Code/unavailable``.
  var store: VectorStore { get throws { try handle.store } }

  /// The embedder of the store.
  ///
  /// - Throws: ``Problem`` where there is none.
  var embedder: any Embedder {
    get throws {
      guard let embedder = try store.embedder else {
        throw Problem(.noEmbedder, ProblemCode.noEmbedder.generalDetail ?? "")
      }
      return embedder
    }
  }
}
