// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// Checks that a backend keeps what `VectorStoreBackend` promises.
///
/// It imports no test framework; any test can look at the report:
///
/// ```swift
/// let suite = BackendConformance { options in
///   try await LocalBackend.open(StoreURL("memory:"), options: options)
/// }
/// let report = await suite.run()
/// #expect(report.isPassed, "\(report)")
/// ```
public struct BackendConformance: Sendable {
  /// Makes an empty store, another one with each call.
  public typealias MakeBackend = @Sendable (OpenOptions) async throws -> any VectorStoreBackend

  /// How backups are tried.
  public struct Backups: Sendable {
    let makePath: @Sendable () throws -> String
    let open: @Sendable (_ path: String, OpenOptions) async throws -> any VectorStoreBackend

    /// - Parameters:
    ///   - makePath: a path at which there is nothing, another one with each call.
    ///   - open: opens the backup at a path.
    public init(
      makePath: @escaping @Sendable () throws -> String,
      open: @escaping @Sendable (_ path: String, OpenOptions) async throws -> any VectorStoreBackend
    ) {
      self.makePath = makePath
      self.open = open
    }
  }

  let makeBackend: MakeBackend
  let backups: Backups?
  let randomFilters: Int

  /// A suite for the stores that a closure makes.
  ///
  /// - Parameters:
  ///   - backups: how backups are tried; the case is skipped if nil.
  ///   - randomFilters: how many random filters are compared with their definition.
  ///   - makeBackend: makes an empty store. The suite closes it.
  public init(backups: Backups? = nil, randomFilters: Int = 300, makeBackend: @escaping MakeBackend) {
    self.makeBackend = makeBackend
    self.backups = backups
    self.randomFilters = randomFilters
  }

  /// The names of all cases, in the order in which they run.
  public static var caseNames: [String] { cases.map { $0.name } }

  /// Runs the cases, one after the other.
  ///
  /// - Parameter names: the cases to run; nil is all.
  public func run(only names: [String]? = nil) async -> ConformanceReport {
    var outcomes: [ConformanceReport.Outcome] = []
    for item in Self.cases where names?.contains(item.name) ?? true {
      outcomes.append(ConformanceReport.Outcome(name: item.name, result: await run(item)))
    }
    return ConformanceReport(outcomes: outcomes)
  }

  private func run(_ item: ConformanceCase) async -> ConformanceReport.Result {
    let session = ConformanceSession(suite: self)
    let result: ConformanceReport.Result
    do {
      try await item.body(session)
      result = .passed
    } catch let skip as ConformanceSkip {
      result = .skipped(skip.reason)
    } catch let failure as ConformanceFailure {
      result = .failed(failure.description)
    } catch {
      result = .failed("threw \(error)")
    }
    await session.closeAll()
    return result
  }

  static var cases: [ConformanceCase] {
    SpaceCases.all + WritingCases.all + DeletingCases.all + MetadataCases.all + ReadingCases.all + NearestCases.all
      + FilterCases.all + KeywordCases.all + LedgerCases.all + IndexCases.all + ConcurrencyCases.all
      + MaintenanceCases.all + LangChainCases.all
  }
}
