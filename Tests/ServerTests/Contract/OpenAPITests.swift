// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreServer

@Suite("What /openapi.json says")
struct OpenAPITests {
  private static let methods: Set<String> = ["get", "post", "put", "patch", "delete"]

  @Test("every route is described, every description is a route, and what is named is there")
  func routes() async throws {
    try await Service.run { service async throws in
      let document = try await service.get("/openapi.json").json
      #expect(document["openapi"] == "3.1.0")
      let paths = try #require(document["paths"]?.objectValue)
      var described: Set<String> = []
      for (path, item) in paths {
        for (method, operation) in try #require(item.objectValue) {
          #expect(Self.methods.contains(method))
          described.insert("\(method.uppercased()) \(path)")
          let concrete = path.replacing("{id}", with: "a")
          // A route that is there says something else than that it is not: to a wrong body that it is wrong.
          let answer = try await service.send(method.uppercased(), concrete, "\"x\"", headers: ["Host": "localhost"])
          #expect(answer.status != 405 && answer.code != "no_such_route", "\(method) \(path)")
          #expect(operation["responses"]?[String(answer.status)] != nil, "\(method) \(path) answers \(answer.status)")
        }
      }
      let options = ServerOptions()
      let registered = Set(VectorStoreRoutes(StoreHandle(service.store), options: options).operations)
      let page: Set<String> = ["GET /", "GET /app.js", "GET /app.css"]
      #expect(described == registered.subtracting(page))
      for (path, item) in paths {
        let there = Set(item.objectValue?.keys ?? [])
        for method in Self.methods.subtracting(there) where !(path == "/documents/delete") {
          let answer = try await service.send(method.uppercased(), path.replacing("{id}", with: "a"), "{}")
          #expect(
            answer.status == 405 && answer.headers["allow"]?.contains(there.first?.uppercased() ?? "") == true,
            "\(method) \(path)")
        }
      }
      let schemas = try #require(document["components"]?["schemas"]?.objectValue)
      for name in Self.references(in: document) { #expect(schemas[name] != nil, "\(name)") }
    }
  }

  private static func references(in value: JSONValue) -> Set<String> {
    switch value {
    case .array(let elements): return elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
    case .object(let object):
      var names = object.reduce(into: Set<String>()) { $0.formUnion(references(in: $1.value)) }
      if let reference = object["$ref"]?.stringValue {
        names.insert(String(reference.split(separator: "/").last ?? ""))
      }
      return names
    default: return []
    }
  }
}
