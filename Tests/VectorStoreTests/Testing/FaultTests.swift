// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct FaultTests {
  private let fixture = StoreFixture()

  private var fails: Bool {
    get async { await VectorStoreError.thrown { _ = try await fixture.store.count() } != nil }
  }

  @Test func onceAndAlways() async throws {
    #expect(await !fails)
    fixture.backend.inject(.fails(), at: .count, call: 2)
    #expect(await !fails)
    #expect(await fails)
    #expect(await !fails)
    fixture.backend.injectAlways(.fails(), at: .count)
    #expect(await fails)
    #expect(await fails)
    fixture.backend.heal()
    #expect(await !fails)
    #expect(fixture.backend.count(of: .count) == 7 && fixture.backend.count(of: .write) == 0)
  }

  @Test func aLostAcknowledgement() async throws {
    fixture.backend.inject(.fails(VectorStoreError(.io, "lost"), .after), at: .write)
    #expect(await VectorStoreError.thrown { try await fixture.store.add(texts: ["a"]) }?.code == .io)
    #expect(try await fixture.store.count() == 1)
  }

  @Test func delays() async throws {
    fixture.backend.inject(.isLate(by: .milliseconds(30)), at: .count)
    let start = ContinuousClock.now
    _ = try await fixture.store.count()
    #expect(ContinuousClock.now - start >= .milliseconds(30))
  }

  @Test func deterministicVectors() async throws {
    let embedder = DeterministicEmbedder(dimension: 5, fixed: ["fixed": [1, 2, 3, 4, 5]])
    #expect(try await embedder.embed(query: "a") == embedder.embed(passages: ["a"])[0])
    #expect(embedder.vector(of: "fixed") == [1, 2, 3, 4, 5] && embedder.vector(of: "a") != embedder.vector(of: "b"))
    let norm = embedder.vector(of: "a").reduce(0) { $0 + $1 * $1 }
    #expect(abs(norm - 1) < 1e-5)
  }
}
