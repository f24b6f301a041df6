// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// The kinds of errors that the service answers with. Their names do not change: programs look at them.
enum ProblemCode: String, CaseIterable, Sendable {
  case invalidJSON = "invalid_json"
  case invalidFilter = "invalid_filter"
  case invalidPath = "invalid_path"
  case invalidBody = "invalid_body"
  case invalidRequest = "invalid_request"
  case invalidDocument = "invalid_document"
  case invalidID = "invalid_id"
  case dimensionMismatch = "dimension_mismatch"
  case zeroNormQuery = "zero_norm_query"
  case noEmbedder = "no_embedder"
  case unsupported
  case unreadableFile = "unreadable_file"
  case unauthorized
  case readOnly = "read_only"
  case hostNotAllowed = "host_not_allowed"
  case originNotAllowed = "origin_not_allowed"
  case notFound = "not_found"
  case noSuchRoute = "no_such_route"
  case modelNotFound = "model_not_found"
  case methodNotAllowed = "method_not_allowed"
  case bodyTimeout = "body_timeout"
  case embeddingSpaceMismatch = "embedding_space_mismatch"
  case bodyTooLarge = "body_too_large"
  case unsupportedMediaType = "unsupported_media_type"
  case tooManyRequests = "too_many_requests"
  /// In the log and the figures only: nobody is there to read it.
  case clientGone = "client_gone"
  case internalError = "internal_error"
  case embeddingFailed = "embedding_failed"
  case busy
  case unavailable
  case notReady = "not_ready"
  case stopping
  case timeout

  /// The status that goes with it.
  var status: HTTPResponse.Status {
    switch self {
    case .invalidJSON, .invalidFilter, .invalidPath, .invalidBody: .badRequest
    case .unauthorized: .unauthorized
    case .readOnly, .hostNotAllowed, .originNotAllowed: .forbidden
    case .notFound, .noSuchRoute, .modelNotFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .bodyTimeout: .requestTimeout
    case .embeddingSpaceMismatch: .conflict
    case .bodyTooLarge: .contentTooLarge
    case .unsupportedMediaType: .unsupportedMediaType
    case .invalidRequest, .invalidDocument, .invalidID, .dimensionMismatch, .zeroNormQuery, .noEmbedder, .unsupported,
      .unreadableFile:
      .unprocessableContent
    case .tooManyRequests: .tooManyRequests
    // As nginx calls it.
    case .clientGone: HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request")
    case .internalError: .internalServerError
    case .embeddingFailed: .badGateway
    case .busy, .unavailable, .notReady, .stopping: .serviceUnavailable
    case .timeout: .gatewayTimeout
    }
  }

  /// After how many seconds it is worth asking again.
  var retryAfter: Int? {
    switch self {
    case .tooManyRequests, .busy: 1
    case .unavailable, .notReady, .stopping, .timeout: 5
    default: nil
    }
  }

  /// The text in the place of a message that may tell too much of the service's inside; nil where the message is
  /// about the request.
  var generalDetail: String? {
    switch self {
    case .internalError: "the service failed; its log tells more under the request's id"
    case .embeddingFailed: "the embedder failed; the service's log tells more under the request's id"
    case .busy: "another writer holds the store; try again"
    case .unavailable: "the store or the embedder cannot be reached now, or asks to wait; try again"
    case .readOnly: "the store is open for reading only"
    case .noEmbedder: "this needs an embedder, and the service has none; send vectors"
    default: nil
    }
  }

  /// What an error of the store is for who asked.
  static let ofStore: [VectorStoreError.Code: ProblemCode] = [
    .invalidJSON: .invalidJSON,
    .invalidFilter: .invalidFilter,
    .invalidArgument: .invalidRequest,
    .decodingFailed: .invalidRequest,
    .encodingFailed: .internalError,
    .embeddingSpaceMismatch: .embeddingSpaceMismatch,
    .dimensionMismatch: .dimensionMismatch,
    .zeroNormQuery: .zeroNormQuery,
    .embedderMissing: .noEmbedder,
    .embeddingFailed: .embeddingFailed,
    .notFound: .notFound,
    .unsupported: .unsupported,
    .invalidIdentifier: .invalidID,
    .invalidRow: .invalidDocument,
    .schemaMismatch: .internalError,
    .busy: .busy,
    .readOnly: .readOnly,
    .corrupt: .internalError,
    .unavailable: .unavailable,
    .io: .internalError,
    .backend: .internalError,
  ]
}
