// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// A route of the service: how it is called, what it takes and answers, and what does the work. The table of routes is
/// what is registered and what `/openapi.json` tells, so that the two cannot differ.
struct Route: Sendable {
  /// Who may call it where a key is set.
  enum Access: Sendable {
    case everyone, keyHolders
  }

  /// What kind of work it is, for limits and time-outs.
  enum Work: Sendable {
    /// Answered at once, also when the service is full.
    case light
    case read
    /// Takes long and changes nothing, as embedding does.
    case long
    /// Changes the store; refused where it is for reading only.
    case change
  }

  /// What it takes.
  enum Body: Sendable {
    case none
    /// JSON of the schema of this name.
    case json(String)
    /// Any bytes.
    case bytes
  }

  /// A success.
  struct Answer: Sendable {
    var type = "application/json"
    /// The schema's name, for JSON; others are texts.
    var schema: String?
    var about: String
  }

  let method: HTTPRequest.Method
  /// Such as `/documents/{id}`; only the last part may be open.
  let path: String
  /// The operation's id.
  let name: String
  let summary: String
  var about = ""
  let tag: String
  var access: Access = .keyHolders
  var work: Work = .read
  /// Whether it keeps a thread for a few hundred microseconds at most, between its waits for others: it runs on that of its
  /// connection, and others' connections wait as long.
  var isBrief = false
  var parameters: [Parameter] = []
  var body: Body = .none
  let answer: Answer
  /// Problems of its own, beside those that its kind of route has.
  var problems: [ProblemCode] = []
  /// Whether its errors have the shape of OpenAI's.
  var hasOpenAIErrors = false
  let handle: @Sendable (APIRequest) async throws -> APIResponse

  /// Whether the last part of the path is open.
  var isOpenEnded: Bool { path.hasSuffix("/{id}") }
}
