// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// `search --batch`: answers each line of a file with a line, in order. Lines that are there already are answered
/// together, so that a program may also ask one at a time and wait.
struct BatchSearch {
  /// Lines that are answered together.
  private static let limit = 64

  let store: VectorStore
  let options: SearchOptions

  /// Answers all lines.
  ///
  /// - Returns: how many could not be answered; their lines are `{"error"}`.
  func run(_ reader: LineReader) async throws -> Int {
    var failed = 0
    while let first = try reader.next() {
      var lines = [first]
      while lines.count < Self.limit, reader.hasLine, let line = try reader.next() { lines.append(line) }
      failed += try await answer(lines, name: reader.name)
      try OutputFile.standard.flush()
    }
    return failed
  }

  private func answer(_ lines: [LineReader.Line], name: String) async throws -> Int {
    let parsed = lines.map { line in
      Result { try BatchLine(line.bytes, options: options).request }
    }
    let good = parsed.compactMap { try? $0.get() }
    // One that fails would fail them all; then each is asked by itself.
    var answers = (try? await store.search(batch: good))?.map { Result<SearchResponse, any Error>.success($0) }
    try Task.checkCancellation()
    if answers == nil {
      var single: [Result<SearchResponse, any Error>] = []
      for request in good { single.append(await self.answer(request)) }
      answers = single
    }
    var rest = (answers ?? [])[...]
    var failed = 0
    for (line, request) in zip(lines, parsed) {
      let answer = request.flatMap { _ in rest.popFirst() ?? .failure(CancellationError()) }
      switch answer {
      case .success(let response):
        try write(response)
      case .failure(let error):
        if error is CancellationError { throw error }
        failed += 1
        let message = FileFault.message(inLine: error)
        StandardError.note("\(name): line \(line.number): \(message)")
        try OutputFile.standard.json(["results": [], "error": .string(message)])
      }
    }
    return failed
  }

  private func answer(_ request: SearchRequest) async -> Result<SearchResponse, any Error> {
    do {
      return .success(try await store.search(request))
    } catch {
      return .failure(error)
    }
  }

  private func write(_ response: SearchResponse) throws {
    try OutputFile.standard.json(["results": .array(response.hits.map { .object(ResultJSON.hit($0)) })])
    if let explanation = response.explanation { StandardError.plain(JSONValue.object(explanation).description) }
  }
}
