// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// Documents: changed and deleted.
struct ChangeRoutes: Sendable {
  let service: StoreService

  var routes: [Route] { [patch, delete, deleteMany] }

  private var patch: Route {
    Route(
      method: .patch, path: "/documents/{id}", name: "updateDocument", summary: "Change a document's metadata",
      about: """
        Text and vector stay. The metadata is laid over the present one, and a null removes its member; with `merge` false it \
        takes the present one's place.
        """,
      tag: "documents", work: .change, body: .json("UpdateDocument"),
      answer: Route.Answer(schema: "Document", about: "The document as it is now."), problems: [.notFound]
    ) { request in
      let fields = try request.fields(keys: ["metadata", "merge"])
      guard let metadata = try fields.object("metadata") else {
        throw Problem.member("metadata", "is missing: what is laid over the document's metadata")
      }
      let id = try request.documentID()
      let store = try service.store
      do {
        try await store.updateMetadata(id: id, metadata, merges: try fields.flag("merge") ?? true)
      } catch let error as VectorStoreError where error.code == .notFound {
        throw Problem.noDocument(id)
      }
      guard let record = try await store.records(ids: [id], includingVectors: false).first else {
        throw Problem.noDocument(id)
      }
      return try .json(ResultJSON.record(record))
    }
  }

  private var delete: Route {
    Route(
      method: .delete, path: "/documents/{id}", name: "deleteDocument", summary: "Delete a document", tag: "documents",
      work: .change, answer: Route.Answer(schema: "Deleted", about: "It was deleted."), problems: [.notFound]
    ) { request in
      let id = try request.documentID()
      guard try await service.store.delete(ids: [id]) > 0 else { throw Problem.noDocument(id) }
      return try .json(["deleted": 1])
    }
  }

  private var deleteMany: Route {
    Route(
      method: .post, path: "/documents/delete", name: "deleteDocuments", summary: "Delete documents",
      about: "By their ids, of which those that are not there are passed over, or by a filter; `{}` means all.",
      tag: "documents", work: .change, body: .json("DeleteDocuments"),
      answer: Route.Answer(schema: "Deleted", about: "How many were deleted.")
    ) { request in
      let fields = try request.fields(keys: ["ids", "filter"])
      let ids = try fields.strings("ids", limit: service.limits.batch)
      let filter = try fields.filter("filter", limit: service.limits.filterParts)
      let store = try service.store
      let count: Int
      switch (ids, filter) {
      case (let ids?, nil): count = try await store.delete(ids: ids)
      case (nil, let filter?): count = try await store.delete(filter: filter)
      default: throw Problem(.invalidRequest, "give one of \"ids\" and \"filter\"")
      }
      return try .json(["deleted": .integer(Int64(count))])
    }
  }
}
