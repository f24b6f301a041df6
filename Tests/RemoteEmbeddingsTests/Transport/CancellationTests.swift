// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("cancelling")
struct CancellationTests {
  @Test(
    "stops transfers that are under way, and those that wait for their turn are never sent", arguments: [true, false])
  func transfers(_ isSilent: Bool) async throws {
    let service = try Service(Service.options { ($0.batchSize, $0.concurrency) = (1, 2) }) { _ in
      ProviderReply(body: String(repeating: " ", count: 100_000), manner: isSilent ? .silence : .drip)
    }
    let texts = (0..<50).map { "text \($0)" }
    let first = Task { try await service.embedder.embed(passages: texts) }
    try await service.double.wait { $0.requests.count == 2 }
    let second = Task { try await service.embedder.embed(passages: texts) }
    // The second waits for the first, and is never sent.
    for call in [second, first] {
      call.cancel()
      await #expect(throws: CancellationError.self) { try await call.value }
    }
    // The server sees that nobody listens any more.
    try await service.double.wait { $0.abandoned == 2 && $0.openConnections == 0 }
    #expect(service.double.requests.count == 2)
  }

  @Test("before the start sends nothing, and spoils nothing")
  func early() async throws {
    let service = try Service()
    let call = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await service.embedder.embed(query: "x")
    }
    await #expect(throws: CancellationError.self) { try await call.value }
    #expect(service.double.requests.isEmpty)
    #expect(try await service.embedder.embed(query: "x").count == Service.dimension)
  }

  @Test("ends the wait for a retry")
  func waiting() async throws {
    let double = try ProviderDouble { _ in .error(429, "later", headers: [("retry-after", "100")]) }
    let embedder = try RemoteEmbedder(
      .compatible(baseURL: double.baseURL), model: "m", options: Service.options())
    let call = Task { try await embedder.embed(query: "x") }
    try await double.wait { $0.requests.count == 1 }
    call.cancel()
    await #expect(throws: CancellationError.self) { try await call.value }
  }

  @Test("at any moment leaves every call with an end")
  func anyMoment() async throws {
    let service = try Service(Service.options { ($0.batchSize, $0.concurrency) = (1, 4) })
    for round in 0..<60 {
      let call = Task { try await service.embedder.embed(passages: (0..<20).map { "\(round) \($0)" }) }
      for _ in 0..<(round * 3) { await Task.yield() }
      call.cancel()
      switch await call.result {
      case .success(let vectors): #expect(vectors.count == 20)
      case .failure(let error): #expect(error is CancellationError)
      }
    }
    #expect(try await service.embedder.embed(query: "x").count == Service.dimension)
  }

  @Test("an embedder that goes ends its connections")
  func lifetime() async throws {
    let double = try ProviderDouble { .vectors($0, dimension: Service.dimension) }
    var embedder: RemoteEmbedder? = try RemoteEmbedder(
      .compatible(baseURL: double.baseURL), model: "m", options: Service.options())
    _ = try await embedder?.embed(query: "x")
    #expect(double.openConnections == 1)
    embedder = nil
    try await double.wait { $0.openConnections == 0 }
  }
}
