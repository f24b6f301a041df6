// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// Files that are uploaded.
struct FileRoutes: Sendable {
  let service: StoreService

  var routes: [Route] { [upload] }

  private var upload: Route {
    let parameters = [
      Parameter(
        name: "name", kind: .text, schema: #"{"type":"string","minLength":1,"maxLength":1024}"#,
        about: "What the file is called; its ending tells its format.", isRequired: true)
    ]
    return Route(
      method: .post, path: "/files", name: "uploadFile", summary: "Take in a file",
      about: "Its text is cut into passages, which take the place of those of an earlier file of this name.",
      tag: "documents", work: .change, parameters: parameters, body: .bytes,
      answer: Route.Answer(schema: "Ingested", about: "What became of its passages."),
      problems: [.unreadableFile, .unsupported]
    ) { request in
      guard let ingest = service.options.ingest else {
        throw Problem(.unsupported, "this service takes in no files; send documents")
      }
      let name = try request.query.fields(parameters).string("name") ?? ""
      guard 1...1_024 ~= name.utf8.count, !name.utf8.contains(0) else {
        throw Problem.member("name", "has 1 to 1024 bytes, and no NUL")
      }
      let report = try await ingest(try service.store, name, request.body)
      if let failure = report.failures.first {
        throw Problem(.unreadableFile, failure.reason, path: "name")
      }
      return try .json([
        "added": .integer(Int64(report.added)), "updated": .integer(Int64(report.updated)),
        "skipped": .integer(Int64(report.skipped)), "deleted": .integer(Int64(report.deleted)),
        "failed": .integer(Int64(report.failed)),
      ])
    }
  }
}
