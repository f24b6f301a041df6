// SPDX-License-Identifier: Apache-2.0

#if Server
  import ArgumentParser
  import Foundation
  import VectorStoreCore
  import VectorStoreServer

  /// `vectorstore serve`: a store over HTTP, with a page.
  struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "serve",
      abstract: "Serves the store over HTTP, with a page to search it.",
      discussion: """
        POST /documents, GET and POST /search, GET, PATCH and DELETE /documents/ID, POST /v1/embeddings, …: GET /openapi.json \
        lists them. GET / is a page.

        It listens on this machine only, unless --host says otherwise; then it wants a key, which comes from the environment \
        (VECTORSTORE_SERVER_KEY) or a file, and requests carry it as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'. It \
        speaks plain HTTP: put a proxy with TLS before it where the network is not yours.

        Ctrl-C and SIGTERM stop it when the requests in flight are answered, within half a minute.
        """
    )

    @OptionGroup(title: "Store") var store: StoreOptions
    @OptionGroup(title: "New stores and writing") var writing: WritingOptions
    @OptionGroup(title: "Embedding") var embedding: EmbedderOptions
    @OptionGroup(title: "Uploaded files") var chunks: ChunkOptions
    @OptionGroup(title: "Service") var serving: ServingOptions

    func validate() throws { try serving.check() }

    func run() async throws {
      var session = try StoreSession(store, writing.settings, embedding.settings, chunks.settings)
      session.acquireTimeout = serving.acquireTimeout
      OpenFiles.allowMany()
      let key = try serving.key()
      try serving.checkHost(hasKey: key != nil)
      let url = try session.settings.store()
      _ = try chunks.chunker(session.settings, for: nil)
      let access: OpenOptions.Access = store.readOnly ? .readOnly : .createIfMissing
      let (settings, chunks, serving, isVerbose, isReadOnly) = (
        session.settings, chunks, serving, store.verbose, store.readOnly
      )
      try await session.run(access, .ifKnown) { store in
        var options = try serving.options()
        options.key = key
        options.isReadOnly = isReadOnly
        options.shownEmbedder = { Secrets.withoutUser($0) }
        let chunker = try chunks.chunker(settings, for: store.embedder)
        let timeLimit = options.limits.writeTimeout
        options.ingest = {
          try await UploadedFile(name: $1, bytes: $2, timeLimit: timeLimit).ingest(into: $0, chunker: chunker)
        }
        let shown = (try? StoreURL(url).description) ?? "the store"
        let routes = VectorStoreRoutes(StoreHandle(store), options: options)
        let space = store.embedder?.space
        try await routes.serve(host: serving.host, port: serving.port, logger: Log.logger(verbose: isVerbose)) { port in
          StandardError.note(serving.greeting(port: port, store: shown, embedder: space, hasKey: key != nil))
        }
      }
    }
  }
#endif
