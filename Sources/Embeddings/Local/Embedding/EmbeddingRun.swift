// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// One call of an embedder: texts to tokens, tokens to batches, batches to vectors.
///
/// It advances by steps, each a job of the pool's; after a step it queues again behind the other calls' steps.
final class EmbeddingRun: Sendable {
  private typealias Continuation = CheckedContinuation<[[Float]], any Error>

  private enum Step {
    case tokenize(Range<Int>)
    case encode([Int], TokenTexts)
    /// Nothing is left to be begun.
    case none
  }

  private struct State {
    var continuation: Continuation?
    var isCancelled = false
    /// Steps that have been begun and are not done.
    var running = 0
    /// Texts whose tokenizing has begun.
    var tokenized = 0
    var sequences: [Int: [(ids: [Int32], weight: Int)]] = [:]
    /// All sequences and what is to be done with them, once all texts are tokens.
    var plan: (texts: TokenTexts, batches: [[Int]])?
    var nextBatch = 0
    var sequencesDone = 0
    var reported = 0
  }

  /// Tokens that a batch has at least, where there are as many: enough to make each weight's way from memory worth it.
  private static let batchTokens = 256
  /// Texts that are tokenized in one step.
  private static let textsAStep = 64

  private let core: EmbedderCore
  private let texts: [String]
  private let prompt: String
  private let progress: (@Sendable (Int, Int) -> Void)?
  private let state = Guarded(State())
  /// Held while progress is told, so that calls do not overlap.
  private let reporting = Guarded(0)

  init(_ core: EmbedderCore, texts: [String], prompt: String, progress: (@Sendable (Int, Int) -> Void)?) {
    self.core = core
    self.texts = texts
    self.prompt = prompt
    self.progress = progress
  }

  /// Begins; the continuation is resumed once.
  func start(_ continuation: CheckedContinuation<[[Float]], any Error>) {
    state.withLock { $0.continuation = continuation }
    submitSteps()
  }

  /// Ends the call after the steps that are being computed.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    // With nothing under way nobody else would notice.
    finishIfIdle()
  }

  private func submitSteps() {
    for _ in 0..<core.pool.threadCount { core.pool.submit { self.step($0) } }
  }

  private func step(_ scratch: Scratch) {
    switch state.withLock({ self.next(&$0) }) {
    case .none: return
    case .tokenize(let range): tokenize(range)
    case .encode(let batch, let texts): encode(batch, texts, scratch)
    }
    core.pool.submit { self.step($0) }
  }

  private func next(_ state: inout State) -> Step {
    guard !state.isCancelled, state.continuation != nil else { return .none }
    if state.tokenized < texts.count {
      let end = min(state.tokenized + Self.textsAStep, texts.count)
      defer { state.tokenized = end }
      state.running += 1
      return .tokenize(state.tokenized..<end)
    }
    guard let plan = state.plan, state.nextBatch < plan.batches.count else { return .none }
    defer { state.nextBatch += 1 }
    state.running += 1
    return .encode(plan.batches[state.nextBatch], plan.texts)
  }

  private func tokenize(_ range: Range<Int>) {
    let found = range.map { core.pieces.sequences(of: texts[$0], prompt: prompt) }
    let isLast = state.withLock { state in
      state.running -= 1
      for (index, sequences) in zip(range, found) { state.sequences[index] = sequences }
      return state.sequences.count == texts.count && state.plan == nil && !state.isCancelled
    }
    if isLast { plan() }
    finishIfIdle()
  }

  /// All texts are tokens: their sequences are put into batches.
  private func plan() {
    let sequences = state.withLock { state in
      defer { state.sequences = [:] }
      return state.sequences
    }
    let texts = TokenTexts((0..<texts.count).map { sequences[$0] ?? [] }, dimension: core.model.dimension)
    // Few tokens are shared out evenly among the threads.
    let share = texts.tokenCount / core.pool.threadCount
    let budget = max(1, min(Block.panels(share), Self.batchTokens / Block.columns)) * Block.columns
    let batches = BatchPlan.batches(lengths: texts.sequences.map(\.count), budget: budget)
    state.withLock { $0.plan = (texts, batches) }
    submitSteps()
  }

  private func encode(_ batch: [Int], _ texts: TokenTexts, _ scratch: Scratch) {
    texts.encode(batch, model: core.model, scratch: scratch)
    let done = state.withLock { state in
      state.running -= 1
      state.sequencesDone += batch.count
      return texts.textsDone(sequences: state.sequencesDone)
    }
    report(done)
    finishIfIdle()
  }

  private func report(_ done: Int) {
    guard let progress else { return }
    reporting.withLock { reported in
      guard done > reported else { return }
      reported = done
      progress(done, texts.count)
    }
  }

  /// Resumes the caller where everything is done, or nothing more will be.
  private func finishIfIdle() {
    let ending: (Continuation, TokenTexts?)? = state.withLock { state in
      let isDone = state.plan.map { state.sequencesDone == $0.texts.sequences.count } ?? false
      guard state.running == 0, isDone || state.isCancelled, let continuation = state.continuation else { return nil }
      state.continuation = nil
      return (continuation, isDone && !state.isCancelled ? state.plan?.texts : nil)
    }
    guard let (continuation, texts) = ending else { return }
    guard let texts else { return continuation.resume(throwing: CancellationError()) }
    continuation.resume(with: Result { try texts.vectors(normalized: core.normalizes) })
  }
}
