// SPDX-License-Identifier: Apache-2.0

#if Server
  import ArgumentParser
  import Foundation
  import VectorStoreCore
  import VectorStoreServer

  /// How a store is served.
  struct ServingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The address to listen at.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "n"))
    var port = 8080

    @Option(
      help: ArgumentHelp(
        "A file that holds the key which requests must carry. (environment: VECTORSTORE_SERVER_KEY_FILE; the key itself: VECTORSTORE_SERVER_KEY)",
        valueName: "file"))
    var apiKeyFile: String?

    @Flag(help: "Listen beyond this machine without a key: whoever reaches the port reads and writes the store.")
    var allowWithoutKey = false

    @Option(
      help: ArgumentHelp(
        "A host by which requests may name the service; may be repeated. (default: any with a key, else this machine)",
        valueName: "name"))
    var allowHost: [String] = []

    @Option(
      help: ArgumentHelp(
        "An origin whose pages may use the service, such as https://app.example.com; may be repeated.",
        valueName: "origin"))
    var corsOrigin: [String] = []

    @Option(help: ArgumentHelp("The largest body, in bytes.", valueName: "n"))
    var maxBody = ServerLimits().bodyBytes

    @Option(help: ArgumentHelp("The most documents that a search returns.", valueName: "n"))
    var maxK = ServerLimits().k

    @Option(help: ArgumentHelp("The most documents that a call writes.", valueName: "n"))
    var maxBatch = ServerLimits().batch

    @Option(help: ArgumentHelp("The most requests that are worked on at a time; others wait.", valueName: "n"))
    var maxConcurrent = ServerLimits().concurrentRequests

    @Option(help: ArgumentHelp("How long a search may take, in seconds.", valueName: "s"))
    var timeout = 30.0

    @Option(help: ArgumentHelp("How long a write may take, in seconds.", valueName: "s"))
    var writeTimeout = 600.0

    @Flag(help: "Serve no page, only the API.")
    var noPage = false

    init() {}

    func check() throws {
      guard 0...65_535 ~= port else { throw ValidationError("--port is from 0 to 65535, not \(port)") }
      for (name, value) in [
        ("--max-body", maxBody), ("--max-k", maxK), ("--max-batch", maxBatch), ("--max-concurrent", maxConcurrent),
      ] where !(1...1 << 40 ~= value) { throw ValidationError("\(name) is at least 1, not \(value)") }
      for (name, value) in [("--timeout", timeout), ("--write-timeout", writeTimeout)]
      where !(0.001...1e7 ~= value) { throw ValidationError("\(name) is a positive number of seconds, not \(value)") }
      for name in allowHost where name.isEmpty || (name.hasPrefix("[") ? !name.hasSuffix("]") : name.contains(":")) {
        throw ValidationError("--allow-host is a name without a port, or an IPv6 address in brackets, not '\(name)'")
      }
      for origin in corsOrigin where origin.hasSuffix("/") || !origin.contains("://") {
        throw ValidationError("--cors-origin is scheme://host or scheme://host:port, not '\(origin)'")
      }
    }

    /// The key, from the file or the environment.
    func key() throws -> APIKey? {
      let environment = ProcessInfo.processInfo.environment
      let text: String
      if let path = apiKeyFile ?? Settings.nonEmpty(environment[Secrets.serverKey + "_FILE"]) {
        do {
          text = String(decoding: try FileBytes.read(path), as: UTF8.self)
        } catch {
          throw CommandError.usage("the file of the service's key, \(path): \(error)")
        }
      } else {
        guard let value = Settings.nonEmpty(environment[Secrets.serverKey]) else { return nil }
        text = value
      }
      let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
      guard !key.isEmpty, key.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
        throw CommandError.usage("the key is one line of visible ASCII characters, at least one")
      }
      return APIKey(key)
    }

    /// Refuses to open the store to a network without a key.
    func checkHost(hasKey: Bool) throws {
      guard !hasKey, !allowWithoutKey, !Self.isLoopback(host) else { return }
      throw CommandError.usage(
        "--host \(host) is reached from other machines, and there is no key: set VECTORSTORE_SERVER_KEY or give "
          + "--api-key-file; --allow-without-key lets everyone in")
    }

    /// What the options say, but for the key and the store.
    func options() throws -> ServerOptions {
      var options = ServerOptions()
      options.origins = Set(corsOrigin)
      options.hasPage = !noPage
      if !allowHost.isEmpty {
        options.hosts = .only(Set(allowHost.map { $0.lowercased() }))
      } else if !Self.isLoopback(host) {
        options.hosts = .any
      }
      options.limits.bodyBytes = maxBody
      options.limits.allBodyBytes = max(options.limits.allBodyBytes, maxBody)
      options.limits.k = maxK
      options.limits.batch = maxBatch
      options.limits.concurrentRequests = maxConcurrent
      options.limits.timeout = .seconds(timeout)
      options.limits.writeTimeout = .seconds(writeTimeout)
      return options
    }

    /// How long a request waits for a connection to PostgreSQL: shorter than it may take, so that it is told that the pool is
    /// full, not that time is over.
    var acquireTimeout: Duration { min(.seconds(10), .seconds(timeout) / 2) }

    /// What is said when it listens.
    func greeting(port: Int?, store: String, embedder: EmbeddingSpace?, hasKey: Bool) -> String {
      let name = host.contains(":") ? "[\(host)]" : host
      let model = embedder.map { "embedder \($0.model), \($0.dimension) dimensions" } ?? "no embedder: vectors only"
      let access = hasKey ? "a key is set" : "no key"
      return "\(store) is served at http://\(name):\(port ?? self.port)/ (\(model); \(access)). Ctrl-C stops it"
    }

    private static func isLoopback(_ host: String) -> Bool {
      host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.allSatisfy { $0 == "." || $0.isNumber }
    }
  }
#endif
