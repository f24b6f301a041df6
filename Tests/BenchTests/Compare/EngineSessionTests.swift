// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreBench

@Suite struct EngineSessionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func session(_ script: String, timeout: Double = 20) throws -> EngineSession {
    let engine = try FakePeer.engine("fake", script, in: folder)
    return try EngineSession(
      engine, companion: BuiltCommand.executable().path, log: folder.path("log"), timeout: timeout)
  }

  /// The message of the session's failure to become ready.
  private func refusal(_ script: String, timeout: Double = 20) throws -> String {
    let session = try session(script, timeout: timeout)
    let failure = #expect(throws: EngineSession.Failure.self) { _ = try session.waitUntilReady() }
    #expect(failure?.isAlive == false)
    return failure?.description ?? ""
  }

  @Test func requestsAreAnswered() throws {
    let session = try session(FakePeer.script())
    let description = try session.waitUntilReady()
    #expect((description.n, description.dim, description.buildSeconds) == (1000, 8, 1.5))
    #expect(try session.round(3, filters: false).map(\.qps) == [100])
    #expect(try session.build(threads: 4) == 2.5)
    #expect(try session.memory().residentBytes == 34000)
    #expect(try session.round(4, filters: true).count == 1)
    session.close()
  }

  @Test func aSlowAnswerIsWaitedFor() throws {
    let session = try session(FakePeer.script(before: "sleep 0.5", onRound: "sleep 0.5"))
    _ = try session.waitUntilReady()
    #expect(try session.round(1, filters: true).count == 1)
  }

  @Test func anErrorIsAnAnswerAndTheRunnerGoesOn() throws {
    let ready = FakePeer.ready()
    let session = try session(
      "echo '\(ready)'; while read -r line; do echo '{\"error\":\"no room\"}'; done\n")
    _ = try session.waitUntilReady()
    for _ in 0..<2 {
      let failure = #expect(throws: EngineSession.Failure.self) { try session.build(threads: 1) }
      #expect(failure?.description == "fake: no room")
      #expect(failure?.isAlive == true)
    }
  }

  @Test func aProgramThatCannotBeStartedIsNamed() throws {
    let engine = ComparedEngine(id: "gone", label: "gone", command: ["/no/such/program", "x"])
    let session = try EngineSession(
      engine, companion: BuiltCommand.executable().path, log: folder.path("log"), timeout: 20)
    let failure = #expect(throws: EngineSession.Failure.self) { try session.waitUntilReady() }
    #expect(
      failure?.description.contains("gone: ended with status 1: Error: /no/such/program: can't be started") == true)
  }

  @Test func whoCrashesSaysWhy() throws {
    #expect(try refusal("echo out of luck >&2; exit 3\n") == "fake: ended with status 3: out of luck")
    #expect(try refusal("exit 0\n") == "fake: ended with status 0: and no message")
    #expect(try refusal("kill -9 $$\n").contains("fake: ended with status 137: ended by signal 9"))
    let session = try session(FakePeer.script(onRound: "echo broken >&2; exit 7"))
    _ = try session.waitUntilReady()
    let failure = #expect(throws: EngineSession.Failure.self) { try session.round(1, filters: true) }
    #expect(failure?.description == "fake: ended with status 7: broken")
    let next = #expect(throws: EngineSession.Failure.self) { try session.round(2, filters: true) }
    #expect(next?.description.hasPrefix("fake: ended with status 7") == true)
  }

  @Test(arguments: [
    ("echo hello", "fake: not a line of the protocol (not JSON): hello"),
    ("echo '{}'", "fake: its first line isn't the protocol's ready line"),
    ("echo '[]'", "fake: not a line of the protocol"),
    (#"echo '{"ready":true,"protocol":2}'"#, "fake: it speaks version 2 of the protocol, not 1"),
    (#"echo '{"ready":true,"protocol":1,"engine":"x"}'"#, "has no \"dataset\""),
    ("echo '\(FakePeer.ready(n: 0))'", "n: it is at least 1, not 0"),
    ("printf '\\033[2J\\n'", "\u{FFFD}[2J"),
    ("head -c 40000000 /dev/zero", "fake: not a line of the protocol: it has no end"),
  ])
  func garbageIsNamedAndTheRunnerEnded(line: String, message: String) throws {
    let text = try refusal("echo $$ > \(folder.path("pid"))\n\(line)\nsleep 1000\n")
    #expect(text.contains(message))
    #expect(text.hasPrefix("fake: "))
    #expect(ProcessProbe.wait { ProcessProbe.isGone(folder.path("pid")) })
  }

  @Test(arguments: [
    (#"{"round":2,"points":[\#(FakePeer.point)]}"#, "the answer to round 1 is of round 2"),
    (#"{"round":1,"points":[]}"#, "a round without points"),
    (#"{"round":1}"#, "has no \"points\""),
    (#"{"round":1,"points":[{"ef":1,"recall":2,"qps":1}]}"#, "recall: it is from 0 to 1, not 2.0"),
    (#"{"round":1,"points":[{"ef":1,"recall":1,"qps":0}]}"#, "qps: it is above 0, not 0.0"),
    (#"{"round":1,"points":[{"ef":1,"recall":1,"qps":NaN}]}"#, "not JSON"),
    (#"{"round":1,"points":[{"ef":1,"recall":1,"qps":1,"filter":"random"}]}"#, "selectivity: a filter has one"),
  ])
  func anAnswerThatIsNoneEndsTheRunner(answer: String, message: String) throws {
    let session = try session("echo '\(FakePeer.ready())'\nread -r line\necho '\(answer)'\nsleep 1000\n")
    _ = try session.waitUntilReady()
    let failure = #expect(throws: EngineSession.Failure.self) { try session.round(1, filters: true) }
    #expect(failure?.description.hasPrefix("fake: ") == true)
    #expect(failure?.description.contains(message) == true, "\(failure?.description ?? "")")
    #expect(failure?.isAlive == false)
  }

  /// Also what it has started is ended, and one that does not care to be asked.
  @Test func whoNeverAnswersIsEndedWithAllItStarted() throws {
    let text = try refusal(
      """
      trap '' TERM
      sh -c 'echo $$ > \(folder.path("child")); trap "" TERM; while :; do sleep 1; done' &
      echo $$ > \(folder.path("pid"))
      while :; do sleep 1; done

      """, timeout: 1)
    #expect(text == "fake: no answer in 1.0 s")
    #expect(ProcessProbe.wait { ProcessProbe.isGone(folder.path("pid")) })
    #expect(ProcessProbe.wait { ProcessProbe.isGone(folder.path("child")) })
  }
}
