// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import LocalBackend
import Logging
import ServiceLifecycle
import Synchronization
import Testing
import VectorStoreCore
import VectorStoreServer
import VectorStoreTesting

@Suite("As a part of an application, and its life")
struct ApplicationTests {
  @Test("routes below a path of a user's router, beside his own, with a store that the application opens and closes")
  func mounted() async throws {
    let opened = Mutex<FaultInjectingBackend?>(nil)
    let handle = StoreHandle {
      let base = try await VectorStore.open("memory:", backends: [LocalBackend.self], embedder: HashingEmbedder())
      let backend = FaultInjectingBackend(around: base.backend)
      opened.withLock { $0 = backend }
      return VectorStore(backend: backend, embedder: base.embedder)
    }
    let router = Router()
    router.get("hello") { _, _ in "hello" }
    VectorStoreRoutes(handle).add(to: router.group("api").group("notes"))
    let (ports, source) = AsyncStream<Int>.makeStream()
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)), services: [handle],
      onServerRunning: { source.yield($0.localAddress?.port ?? 0) },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let group = ServiceGroup(configuration: .init(services: [application], logger: application.logger))
    let running = Task { try await group.run() }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    try await handle.opened()
    #expect(try await Exchange.send("GET", "/hello", port: port).text == "hello")
    let json = ["Content-Type": "application/json"]
    let put = try await Exchange.send(
      "PUT", "/api/notes/documents/x%2Fy/z", headers: json, body: Array(#"{"content": "mounted"}"#.utf8), port: port)
    #expect(put.json["ids"] == ["x/y/z"])
    #expect(try await Exchange.send("GET", "/api/notes/search?query=mounted", port: port).json.arrayValue?.count == 1)
    let page = try await Exchange.send("GET", "/api/notes", port: port)
    #expect(page.status == 308 && page.headers["location"] == "notes/")
    #expect(try await Exchange.send("GET", "/api/notes/", port: port).status == 200)
    await group.triggerGracefulShutdown()
    try await running.value
    #expect(opened.withLock { $0 }?.count(of: .close) == 1)
    #expect(throws: VectorStoreError.self) { try handle.store }
  }

  @Test("a store that cannot be opened stops the application before it listens")
  func unopened() async throws {
    let handle = StoreHandle { throw VectorStoreError(.notFound, "no such store") }
    let routes = VectorStoreRoutes(handle)
    let hasListened = Mutex(false)
    await #expect(throws: (any Error).self) {
      try await routes.serve(
        port: 0, services: [handle], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      ) { _ in
        hasListened.withLock { $0 = true }
      }
    }
    #expect(!hasListened.withLock { $0 })
  }

  @Test("stopping answers what is in flight, and takes nothing new")
  func stopping() async throws {
    let base = try await VectorStore.open("memory:", backends: [LocalBackend.self], embedder: HashingEmbedder())
    try await base.add(Service.samples)
    let backend = FaultInjectingBackend(around: base.backend)
    backend.injectAlways(.isLate(by: .milliseconds(500)), at: .candidates)
    let handle = StoreHandle(VectorStore(backend: backend, embedder: base.embedder))
    let (ports, source) = AsyncStream<Int>.makeStream()
    let serving = Task {
      try await VectorStoreRoutes(handle).serve(
        port: 0, services: [handle], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      ) { source.yield($0 ?? 0) }
    }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    async let answer = Exchange.send(
      "POST", "/search", headers: ["Content-Type": "application/json"], body: Array(#"{"query": "graph"}"#.utf8),
      port: port)
    while backend.count(of: .candidates) == 0 { try await Task.sleep(for: .milliseconds(5)) }
    serving.cancel()
    #expect(try await answer.status == 200)
    try await serving.value
    #expect(backend.count(of: .close) == 1)
    await #expect(throws: Exchange.Failure.self) { try await Exchange.send("GET", "/healthz", port: port) }
  }

  @Test("an address that is taken is said")
  func taken() async throws {
    try await Service.run { service async throws in
      let routes = VectorStoreRoutes(StoreHandle(service.store))
      await #expect {
        try await routes.serve(port: service.port, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      } throws: { error in
        (error as? VectorStoreError)?.code == .io && "\(error)".contains("in use")
      }
    }
  }

  @Test("requests on one connection, one after another and all at once")
  func keptAlive() async throws {
    try await Service.run { service async throws in
      let one = "GET /count HTTP/1.1\r\nHost: localhost\r\n\r\n"
      let last = "GET /count HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      let answers = try await Exchange.raw(Array((String(repeating: one, count: 9) + last).utf8), port: service.port)
      #expect(String(decoding: answers, as: UTF8.self).components(separatedBy: #"{"count":3}"#).count == 11)
      let head = try await Exchange.send("HEAD", "/count", port: service.port)
      #expect(head.status == 200 && head.body.isEmpty && head.headers["content-length"] == "11")
    }
  }
}
