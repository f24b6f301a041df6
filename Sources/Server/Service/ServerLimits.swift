// SPDX-License-Identifier: Apache-2.0

/// How much a request may ask for, and how much the service does at a time.
public struct ServerLimits: Sendable, Hashable {
  /// Bytes of a request's body; 32 MiB.
  public var bodyBytes = 32 << 20
  /// Bytes of the bodies that are in memory at a time; 256 MiB. Beyond it the service answers 429.
  public var allBodyBytes = 256 << 20
  /// Documents that a search returns; 1,000.
  public var k = 1_000
  /// Candidates of a search: `fetch_k`, `candidates`, `ef_search`; 10,000.
  public var candidates = 10_000
  /// Values, objects and lists in a filter, of 64 bytes on average; 1,000.
  public var filterParts = 1_000
  /// Documents that one call writes or deletes by id; 10,000.
  public var batch = 10_000
  /// Documents on a page; 1,000.
  public var page = 1_000
  /// Searches in a batch of searches; 100.
  public var searches = 100
  /// Documents that the searches of a batch return together; 10,000. One with its vector counts as ten.
  public var batchHits = 10_000
  /// Texts that one call embeds; 2,048, as OpenAI has it.
  public var texts = 2_048
  /// Requests that are worked on at a time; 64.
  public var concurrentRequests = 64
  /// Requests that wait for their turn; 2,048. Beyond it the service answers 429.
  public var waitingRequests = 2_048
  /// Open connections; 10,000. Others wait until one is closed.
  public var connections = 10_000
  /// How long a request that reads may take, waiting included; 30 seconds. It is then cancelled and answered with 504.
  public var timeout = Duration.seconds(30)
  /// How long a request that writes, embeds documents or builds an index may take; 10 minutes.
  public var writeTimeout = Duration.seconds(600)
  /// How long a body may take to arrive; 2 minutes.
  public var bodyTimeout = Duration.seconds(120)
  /// How long the head of a request may take, and how long a connection may be idle; 75 seconds.
  public var idleTimeout = Duration.seconds(75)

  /// The limits that are said with each of them.
  public init() {}
}
