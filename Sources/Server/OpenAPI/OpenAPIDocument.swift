// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// An OpenAPI 3.1 description of routes.
struct OpenAPIDocument {
  let routes: [Route]
  let limits: ServerLimits

  func object() throws -> JSONObject {
    var paths: JSONObject = [:]
    for route in routes {
      var item = paths[route.path]?.objectValue ?? [:]
      item[route.method.rawValue.lowercased()] = .object(try operation(route))
      paths[route.path] = .object(item)
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "vectorstore", "version": "0.1.0",
        "description":
          "Documents that are found by what they mean. Errors are application/problem+json (RFC 9457) with a \"code\" that does not change.",
      ],
      // Relative to where this document is, wherever the routes are mounted.
      "servers": [["url": "."]],
      "paths": .object(paths),
      "components": [
        "schemas": try JSONValue(parsing: OpenAPISchemas.json(limits)),
        "securitySchemes": [
          "bearer": ["type": "http", "scheme": "bearer"],
          "apiKey": ["type": "apiKey", "in": "header", "name": "X-API-Key"],
        ],
      ],
    ]
  }

  private func operation(_ route: Route) throws -> JSONObject {
    var object: JSONObject = [
      "operationId": .string(route.name), "summary": .string(route.summary), "tags": [.string(route.tag)],
    ]
    if !route.about.isEmpty { object["description"] = .string(route.about) }
    // A service without a key needs none: the empty requirement says so.
    if route.access == .keyHolders { object["security"] = [["bearer": []], ["apiKey": []], [:]] }
    let parameters = try parameters(route)
    if !parameters.isEmpty { object["parameters"] = .array(parameters) }
    switch route.body {
    case .none: break
    case .json(let schema):
      object["requestBody"] = ["required": true, "content": ["application/json": ["schema": Self.reference(schema)]]]
    case .bytes: object["requestBody"] = ["required": true, "content": ["application/octet-stream": [:]]]
    }
    object["responses"] = .object(responses(route))
    return object
  }

  private func parameters(_ route: Route) throws -> [JSONValue] {
    var parameters: [JSONValue] = []
    if route.isOpenEnded {
      parameters.append([
        "name": "id", "in": "path", "required": true, "description": "The document's id, percent-encoded.",
        "schema": ["type": "string", "minLength": 1],
      ])
    }
    for parameter in route.parameters {
      var object: JSONObject = [
        "name": .string(parameter.name), "in": "query", "description": .string(parameter.about),
      ]
      if parameter.isRequired { object["required"] = true }
      let schema = try JSONValue(parsing: parameter.schema)
      if case .json = parameter.kind {
        object["content"] = ["application/json": ["schema": schema]]
      } else {
        object["schema"] = schema
      }
      parameters.append(.object(object))
    }
    return parameters
  }

  private func responses(_ route: Route) -> JSONObject {
    var responses: JSONObject = [:]
    let answer = route.answer
    var content: JSONObject = [:]
    content[answer.type] = .object(["schema": answer.schema.map(Self.reference) ?? ["type": "string"]])
    responses["200"] = ["description": .string(answer.about), "content": .object(content)]
    let problems = Set(route.problems + Self.usualProblems(route))
    for (status, codes) in Dictionary(grouping: problems, by: { $0.status.code }).sorted(by: { $0.key < $1.key }) {
      let names = codes.map(\.rawValue).sorted().joined(separator: ", ")
      let type = route.hasOpenAIErrors ? "application/json" : "application/problem+json"
      let schema = Self.reference(route.hasOpenAIErrors ? "OpenAIError" : "Problem")
      var content: JSONObject = [:]
      content[type] = ["schema": schema]
      responses[String(status)] = ["description": .string(names), "content": .object(content)]
    }
    return responses
  }

  /// What a route of this kind may answer beside its own problems.
  private static func usualProblems(_ route: Route) -> [ProblemCode] {
    var codes: [ProblemCode] = [.hostNotAllowed, .internalError, .stopping, .timeout, .invalidPath]
    if route.access == .keyHolders { codes.append(.unauthorized) }
    if !route.parameters.isEmpty { codes += [.invalidRequest, .invalidFilter, .invalidJSON] }
    if route.work != .light { codes += [.tooManyRequests, .unavailable, .busy] }
    if route.work == .change { codes += [.readOnly, .embeddingFailed] }
    if route.tag == "search" { codes.append(.embeddingFailed) }
    if case .none = route.body {
    } else {
      codes += [.bodyTooLarge, .bodyTimeout, .originNotAllowed, .invalidRequest, .invalidBody]
    }
    if case .json = route.body { codes += [.invalidJSON, .unsupportedMediaType, .invalidDocument, .unsupported] }
    if route.isOpenEnded { codes += [.invalidID, .invalidPath] }
    return codes
  }

  private static func reference(_ schema: String) -> JSONValue {
    ["$ref": .string("#/components/schemas/\(schema)")]
  }
}
