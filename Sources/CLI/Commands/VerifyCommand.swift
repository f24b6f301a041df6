// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore verify`: whether a store is whole.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks everything that is stored.",
    discussion:
      "With --json: {\"clean\",\"checks\":[{\"name\",\"problem\"}]}. The exit code is 1 where something is wrong."
  )

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let bar = ProgressBar(unit: "documents")
    let report = try await StoreSession(store).run(.readOnly, .none) { try await $0.verify(progress: bar.handler) }
    bar.finish()
    if output.json {
      let checks = report.checks.map { check -> JSONValue in
        ["name": .string(check.name), "problem": check.problem.map { .string($0) } ?? .null]
      }
      try OutputFile.standard.json(["clean": .bool(report.isClean), "checks": .array(checks)])
    } else {
      for check in report.checks {
        let mark = check.problem == nil ? "ok     " : "WRONG  "
        try OutputFile.standard.line(
          TerminalText.printable(mark + check.name + (check.problem.map { ": \($0)" } ?? "")))
      }
    }
    if !report.isClean { throw CommandError.silent(.failed) }
  }
}
