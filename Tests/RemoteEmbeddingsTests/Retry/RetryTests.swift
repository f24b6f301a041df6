// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("what fails for the moment is sent again")
struct RetryTests {
  /// Refuses the first requests so, then answers.
  private func service(
    _ refusals: [ProviderReply], _ options: RemoteEmbedder.Options = Service.options()
  ) throws -> Service {
    try Service(options) { $0.number < refusals.count ? refusals[$0.number] : nil }
  }

  @Test("after these statuses, with growing waits", arguments: [408, 409, 429, 500, 502, 503, 504, 529])
  func statuses(_ status: Int) async throws {
    let service = try service(Array(repeating: .error(status, "later"), count: 3))
    #expect(isClose(try await service.embedder.embed(passages: ["a"]), Service.vectors(["a"])))
    #expect(service.pauses.all == [.milliseconds(500), .seconds(1), .seconds(2)])
    #expect(service.embedder.usage.requests == 4 && service.embedder.usage.retries == 3)
  }

  @Test("never after these", arguments: [400, 401, 402, 403, 404, 405, 410, 415, 422, 301])
  func never(_ status: Int) async throws {
    let service = try service([.error(status, "no")])
    #expect(await service.error()?.context["status"] == String(status))
    #expect(service.double.requests.count == 1)
  }

  @Test("waits do not grow without end, and neither do retries")
  func bounds() async throws {
    let options = Service.options { $0.retry.count = 6 }
    let service = try service(Array(repeating: .error(500, "broken"), count: 100), options)
    let error = try #require(await service.error())
    #expect(
      service.pauses.all == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(8)])
    #expect(
      error.code == .unavailable && error.message.contains("broken") && error.message.contains("after 7 requests"))
  }

  @Test("chance takes up to a quarter off a wait")
  func chance() async throws {
    let pauses = Pauses()
    let double = try ProviderDouble { $0.number < 2 ? .error(500, "x") : .vectors($0, dimension: 8) }
    var waiting = pauses.waiting
    waiting.chance = { 1 }
    let embedder = try RemoteEmbedder(
      .compatible(baseURL: double.baseURL), model: "m", options: Service.options(), waiting: waiting)
    _ = try await embedder.embed(query: "x")
    #expect(pauses.all == [.milliseconds(375), .milliseconds(750)])
  }

  @Test(
    "the service says how long",
    arguments: [
      ([("retry-after", "7")], Duration.seconds(7)), ([("Retry-After", "0.25")], .milliseconds(250)),
      ([("retry-after-ms", "1500"), ("retry-after", "7")], .milliseconds(1500)),
      ([("Retry-After", "Tue, 14 Nov 2023 22:13:50 GMT")], .seconds(30)),
      ([("Date", "Tue, 14 Nov 2023 22:13:20 GMT"), ("Retry-After", "Tuesday, 14-Nov-23 22:13:25 GMT")], .seconds(5)),
      ([("retry-after", "120")], .seconds(120)),
      // What makes no sense is not followed.
      ([("retry-after", "-5")], .milliseconds(500)), ([("retry-after", "soon")], .milliseconds(500)),
      ([("retry-after", "nan")], .milliseconds(500)),
      ([("Retry-After", "Tue, 14 Nov 2000 22:13:50 GMT")], .milliseconds(500)),
    ])
  func retryAfter(_ headers: [(String, String)], _ wait: Duration) async throws {
    let service = try service([.error(429, "slow down", headers: headers)])
    _ = try await service.embedder.embed(query: "x")
    #expect(service.pauses.all == [wait])
  }

  @Test("a wait that is too long is an error that tells it", arguments: ["121", "86400", "1e300", "inf"])
  func tooLong(_ seconds: String) async throws {
    let service = try service([.error(429, "slow down", headers: [("retry-after", seconds)])])
    let error = try #require(await service.error())
    #expect(error.code == .unavailable && error.message.contains("asks to wait"))
    #expect(service.double.requests.count == 1 && service.pauses.all.isEmpty)
  }

  @Test("x-should-retry decides, whatever the status")
  func shouldRetry() async throws {
    let yes = try service([.error(400, "again", headers: [("x-should-retry", "true")])])
    _ = try await yes.embedder.embed(query: "x")
    #expect(yes.double.requests.count == 2)
    let no = try service([.error(503, "never", headers: [("x-should-retry", "false")])])
    #expect(await no.error()?.message.contains("never") == true)
    #expect(no.double.requests.count == 1)
  }

  @Test("a quota that is used up is not asked again")
  func quota() async throws {
    let service = try service([.error(429, "You exceeded your current quota", code: "insufficient_quota")])
    let error = try #require(await service.error())
    #expect(error.code == .embeddingFailed && error.message.contains("plan and billing"))
    #expect(service.double.requests.count == 1)
  }

  @Test("a connection that breaks is made anew", arguments: [0, 1, 40])
  func cut(_ count: Int) async throws {
    let service = try Service { request in
      var reply = ProviderReply.vectors(request, dimension: Service.dimension)
      if request.number == 0 { reply.manner = .cut(after: count) }
      return reply
    }
    #expect(isClose(try await service.embedder.embed(passages: ["a"]), Service.vectors(["a"])))
    #expect(service.double.requests.count == 2 && service.double.connections == 2)
  }

  @Test("one batch that fails ends the call")
  func oneOfMany() async throws {
    let service = try Service(Service.options { $0.batchSize = 1 }) {
      $0.texts == ["bad"] ? .error(400, "bad text") : nil
    }
    let error = await service.error((0..<40).map { $0 == 3 ? "bad" : "good" })
    #expect(error?.message.contains("bad text") == true)
    #expect(service.double.requests.count < 40)
  }
}
