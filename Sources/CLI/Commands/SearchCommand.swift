// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import VectorStoreCore

/// `vectorstore search`: the passages that answer a question.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Finds the passages nearest to a question.",
    discussion: """
      With --json, one object a line, best first: {"id","content","metadata","distance","relevance"}, and with --hybrid \
      the fused "score". --batch answers lines of {"query"}, {"vector"} or {"like"}, with "k", "filter" and "keywords" if \
      they differ, by one line each: {"results":[…]}, with "error" for a line that has no answer, and then the exit code \
      is 3.
      """
  )

  @Argument(help: ArgumentHelp("The question; several words need no quotes.", valueName: "query"))
  var query: [String] = []

  @Option(help: ArgumentHelp("In the place of a question: a vector, such as '[0.1, 0.2]'.", valueName: "json"))
  var vector: String?

  @Option(
    help: ArgumentHelp(
      "In the place of a question: the document of this id, which is not in the answer.", valueName: "id"))
  var like: String?

  @Option(help: ArgumentHelp("In the place of a question: lines of JSON, '-' for standard input.", valueName: "file"))
  var batch: String?

  @OptionGroup(title: "Search") var search: SearchOptions
  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "Embedding") var embedding: EmbedderOptions
  @OptionGroup var output: OutputOption

  @Flag(help: "Show passages in full.")
  var full = false

  func validate() throws {
    let given = [!query.isEmpty, vector != nil, like != nil, batch != nil].filter { $0 }
    guard given.count == 1 else {
      throw ValidationError("give one of: a question, --vector, --like, --batch")
    }
    if query.count == 1, let text = query.first, text.allSatisfy(\.isWhitespace) {
      throw ValidationError("the question is empty")
    }
    if vector != nil || like != nil, search.hybrid, search.keywords == nil {
      throw ValidationError("--hybrid with --vector or --like needs --keywords")
    }
  }

  func run() async throws {
    let session = try StoreSession(store, embedding.settings)
    if let batch {
      let (reader, search) = (try LineReader(path: batch), search)
      _ = try search.request(.text(""))
      let failed = try await session.run(.readOnly, .ifKnown) { store in
        try await BatchSearch(store: store, options: search).run(reader)
      }
      if failed > 0 { throw CommandError.silent(.someInputsFailed) }
      return
    }
    let request = try search.request(question())
    let needsEmbedder = if case .text = request.query { true } else { false }
    let response = try await session.run(.readOnly, needsEmbedder ? .required(for: "a search by text") : .none) {
      try await $0.search(request)
    }
    try write(response)
  }

  private func question() throws -> SearchRequest.Query {
    if let vector { return .vector(try VectorText.vector(parsing: vector)) }
    if let like { return .like(id: like) }
    return .text(query.joined(separator: " "))
  }

  private func write(_ response: SearchResponse) throws {
    if output.json {
      for hit in response.hits { try OutputFile.standard.json(ResultJSON.hit(hit)) }
    } else {
      let words = search.keywords ?? query.joined(separator: " ")
      try HitPrinter(query: words, showsAll: full).write(response.hits)
    }
    guard let explanation = response.explanation else { return }
    try OutputFile.standard.flush()
    if output.json {
      StandardError.plain(try JSONValue.object(explanation).serialized())
    } else {
      StandardError.plain(PropertyList.lines(explanation).joined(separator: "\n"))
    }
  }
}
