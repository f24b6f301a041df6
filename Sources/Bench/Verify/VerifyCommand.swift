// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore-bench verify`: the proof that the engine and pgvector agree.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compares the engine with pgvector: distances, top-k, errors, filters, MMR, fusion.",
    discussion: """
      Random and adversarial data, from a seed. Both sides' distances must be within n·2⁻²⁴·Σ|terms| of a Float64 reference, \
      in the same order up to that bound; both must refuse the same bad inputs, find the same rows for the same filters, and \
      pick the same of the same candidates. The suites share the time evenly.

      Everything is made in a schema of its own, which is dropped at the end. Exit codes: 0 no disagreement, 1 disagreements or \
      a failure, 2 wrong usage.
      """
  )

  @Option(
    help: ArgumentHelp("The database, with pgvector; its user must be allowed to create a schema.", valueName: "url"))
  var postgres: String

  @Option(help: "Decides all cases.")
  var seed: UInt64 = 1

  @Option(help: "How long; 1 if not given.")
  var minutes: Double?

  @Option(help: "How long.")
  var seconds: Double?

  @Option(
    help: ArgumentHelp(
      "Which parts: \(VerifySuiteName.allCases.map(\.rawValue).joined(separator: ",")).", valueName: "names"))
  var suite = CommaList(VerifySuiteName.allCases)

  @Option(name: .customLong("case"), help: ArgumentHelp("Run this case again, alone.", valueName: "suite:seed"))
  var replayed: VerifyCase?

  @Option(help: ArgumentHelp("Write the results there too.", valueName: "out"))
  var json: String?

  func validate() throws {
    guard minutes == nil || seconds == nil else { throw ValidationError("--minutes and --seconds exclude each other") }
    guard duration > 0, duration <= 30 * 86_400 else {
      throw ValidationError("the time must be above 0 and at most 30 days, not \(duration) s")
    }
    guard postgres.hasPrefix("postgres") else {
      throw ValidationError("--postgres takes a URL such as postgresql://user@host:5432/database")
    }
    guard Set(suite.elements).count == suite.elements.count else {
      throw ValidationError("--suite names a suite twice")
    }
  }

  private var duration: Double { seconds ?? (minutes ?? 1) * 60 }

  func run() async throws {
    let names = VerifySuiteName.allCases.filter { suite.elements.contains($0) }
    let plan = VerifyPlan(
      url: postgres, seed: seed, nanoseconds: UInt64(duration * 1e9), suites: names, replayed: replayed)
    let (result, _) = try await Interruption.heeding { try await plan.run() }
    print(result.text)
    if let json { try ResultEncoder.document(result).write(to: URL(fileURLWithPath: json), options: .atomic) }
    if result.disagreements > 0 || result.interrupted { throw ExitCode.failure }
  }
}
