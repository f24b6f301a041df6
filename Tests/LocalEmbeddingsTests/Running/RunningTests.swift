// SPDX-License-Identifier: Apache-2.0

import LocalEmbeddings
import Synchronization
import Testing
import VectorStoreCore

/// Threads, progress, cancellation and calls at the same time.
@Suite struct RunningTests {
  @Test func nothingForNothing() async throws {
    let folder = try TinyBert().folder()
    let embedder = try LocalEmbedder(folder: folder.path)
    #expect(try await embedder.embed(passages: []).isEmpty)
    #expect(try await embedder.embed(queries: []).isEmpty)
  }

  @Test func progressRisesToTheEnd() async throws {
    let folder = try TinyBert().folder()
    let embedder = try LocalEmbedder(folder: folder.path, options: .init(threads: 3))
    let seen = Mutex<[Int]>([])
    let texts = Texts.random(300, seed: 4)
    _ = try await embedder.embed(passages: texts) { done, total in
      #expect(total == 300)
      seen.withLock { $0.append(done) }
    }
    let numbers = seen.withLock { $0 }
    #expect(numbers.last == 300)
    #expect(numbers.count > 2)
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func cancelledTasksEndSoon() async throws {
    let folder = try TinyBert(width: 240, layers: 6, heads: 4, inner: 960).folder()
    let embedder = try LocalEmbedder(folder: folder.path, options: .init(threads: 2))
    let texts = Texts.random(20_000, seed: 6)
    let done = Mutex(0)
    let task = Task {
      try await embedder.embed(passages: texts) { count, _ in done.withLock { $0 = count } }
    }
    while done.withLock({ $0 == 0 }) { try await Task.sleep(for: .milliseconds(1)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    // Soon is what it left undone, not what a clock says: those are minutes of work.
    #expect(done.withLock { $0 } < texts.count / 2)
    // The embedder goes on for others.
    #expect(try await embedder.embed(query: "vector").count == 240)
  }

  @Test func cancelledBeforeItBegins() async throws {
    let folder = try TinyBert().folder()
    let embedder = try LocalEmbedder(folder: folder.path)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await embedder.embed(query: "vector")
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func manyCallsAtATime() async throws {
    let folder = try TinyBert().folder()
    let embedder = try LocalEmbedder(folder: folder.path, options: .init(threads: 2))
    let texts = Texts.random(64, seed: 8)
    let expected = try await embedder.embed(passages: texts)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<64 {
        group.addTask {
          let range = number..<min(number + 5, 64)
          return try await embedder.embed(passages: Array(texts[range])) == Array(expected[range])
        }
      }
      for try await equal in group { #expect(equal) }
    }
  }

  @Test func aQueryDoesNotWaitForALongCall() async throws {
    let folder = try TinyBert(width: 240, layers: 6, heads: 4, inner: 960).folder()
    let embedder = try LocalEmbedder(folder: folder.path, options: .init(threads: 1))
    let texts = Texts.random(4_000, seed: 6)
    let begun = Mutex(false)
    let long = Task { try await embedder.embed(passages: texts) { _, _ in begun.withLock { $0 = true } } }
    while !begun.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
    _ = try await embedder.embed(query: "vector")
    long.cancel()
    // It was still at work.
    await #expect(throws: CancellationError.self) { try await long.value }
  }

  @Test func promptsComeFromTheModelOrTheCaller() async throws {
    let folder = try TinyBert(
      prompts: "{\"prompts\":{\"query\":\"vector. \",\"document\":\"store, \"},\"default_prompt_name\":null}"
    ).folder()
    let embedder = try LocalEmbedder(folder: folder.path)
    #expect(embedder.space.queryPrompt == "vector. ")
    #expect(embedder.space.passagePrompt == "store, ")
    let plain = try LocalEmbedder(folder: folder.path, options: .init(name: "x", queryPrompt: "", passagePrompt: ""))
    #expect(plain.space.model == "x")
    #expect(throws: VectorStoreError.self) { try plain.space.check(embedder.space) }
    #expect(try await embedder.embed(query: "abc") == plain.embed(query: "vector. abc"))
    #expect(try await embedder.embed(passages: ["abc"]) == plain.embed(passages: ["store, abc"]))
    #expect(embedder.passageCapacity == plain.passageCapacity - 2)
  }

  @Test func optionsAreChecked() throws {
    let folder = try TinyBert().folder()
    for threads in [0, -1, 5000] {
      #expect(throws: VectorStoreError.self) {
        try LocalEmbedder(folder: folder.path, options: .init(threads: threads))
      }
    }
  }
}
