// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import VectorStoreCore
import VectorStoreTesting

/// The suite is right where it passes for a model that is right, and fails for models that are wrong.
@Suite struct ConformanceTests {
  private static let paths = Mutex(0)

  private func suite(_ flaws: Set<ReferenceFlaw> = []) -> BackendConformance {
    let backups = BackendConformance.Backups {
      Self.paths.withLock { number in
        number += 1
        return "backup \(number)"
      }
    } open: { path, _ in
      try ReferenceBackend.openBackup(path)
    }
    return BackendConformance(backups: backups, randomFilters: 60) { options in
      ReferenceBackend(options, flaws: flaws)
    }
  }

  @Test func aRightModelPasses() async {
    let report = await suite().run()
    #expect(report.isPassed, "\(report)")
    #expect(report.outcomes.count == BackendConformance.caseNames.count && report.outcomes.count > 40)
    #expect(report.outcomes.allSatisfy { $0.result == .passed })
    #expect(Set(BackendConformance.caseNames).count == BackendConformance.caseNames.count)
  }

  @Test(arguments: ReferenceFlaw.allCases) func aWrongModelFails(_ flaw: ReferenceFlaw) async {
    let report = await suite([flaw]).run()
    #expect(!report.isPassed, "the suite does not find \(flaw)")
    #expect(report.description.contains("failed"))
  }

  @Test func casesCanBeChosen() async {
    let name = "an empty store answers"
    let report = await suite().run(only: [name])
    #expect(report.outcomes == [.init(name: name, result: .passed)])
    let bare = BackendConformance { ReferenceBackend($0) }
    #expect(
      await bare.run(only: ["a backup is a store"]).outcomes.map { $0.result } == [
        .skipped("no backups are to be tried")
      ])
  }

  @Test func aStoreThatCannotBeMadeFails() async {
    let suite = BackendConformance { _ in throw VectorStoreError(.io, "no disk") }
    let report = await suite.run(only: ["an empty store answers"])
    #expect(report.failures.first?.reason.contains("no disk") == true)
  }
}
