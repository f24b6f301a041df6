// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

extension Problem {
  /// What any error is for who asked. Nothing of the service's inside is in it.
  init(_ error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as VectorStoreError: self.init(store: error)
    case is CancellationError: self.init(.stopping, "the service is stopping; nothing more is done")
    default: self.init(.internalError, ProblemCode.internalError.generalDetail ?? "")
    }
  }

  private init(store error: VectorStoreError) {
    let code = ProblemCode.ofStore[error.code] ?? .internalError
    if let detail = code.generalDetail {
      self.init(code, detail)
      return
    }
    if code == .notFound, error.context[.id] == nil {
      self.init(code, "what was asked for is not there")
      return
    }
    self.init(code, error.message)
    path = error.context[.path]
    for key in [VectorStoreError.ContextKey.row, .offset, .line, .column] {
      guard let value = error.context[key].flatMap({ Int64($0) }) else { continue }
      members[key.rawValue] = .integer(value)
    }
    members["id"] = error.context[.id].map { .string($0) }
  }

  /// The problem with a place that the error itself does not know.
  func at(_ place: String) -> Problem {
    var problem = self
    problem.path = path.map { $0.hasPrefix("(") ? place : "\(place).\($0)" } ?? place
    return problem
  }

  /// A member of the request that is not as it should be.
  static func member(_ path: String, _ detail: String) -> Problem {
    Problem(.invalidRequest, "\"\(path)\" \(detail)", path: path)
  }
}
