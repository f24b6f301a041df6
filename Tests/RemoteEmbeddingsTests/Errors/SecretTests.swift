// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("secrets are in no error and no description")
struct SecretTests {
  private let secret = "sk-se/cr+et"

  private func dumped(_ value: Any) -> String {
    var text = "\(value) \(String(reflecting: value))"
    dump(value, to: &text)
    return text
  }

  @Test("not even where the provider echoes them", arguments: [200, 302, 400, 401, 404, 429, 500])
  func echoed(_ status: Int) async throws {
    let key = try APIKey(secret, source: "the program")
    let options = Service.options {
      $0.headers = ["X-Team": "team-secret"]
      $0.retry.count = 1
    }
    let service = try Service.using(
      options,
      provider: { url in
        var provider = RemoteProvider.compatible(
          baseURL: url.replacing("http://", with: "http://me:pass%77ord@") + "?token=query-s%65cret", key: key)
        provider.headers["X-Other"] = "other-secret"
        return provider
      }
    ) { request in
      let seen = request.headers.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
      return .error(
        status,
        "you sent \(seen) to \(request.target), pass%77ord or password, query-secret; \u{0}\(request.headers["authorization"] ?? "")",
        headers: [("Location", request.target)])
    }
    let error = try #require(await service.error())
    let request = try #require(service.double.requests.first)
    #expect(request.headers["authorization"] == "Bearer \(secret)" && request.target.contains("query-s%65cret"))
    #expect(request.headers["x-team"] == "team-secret" && request.headers["x-other"] == "other-secret")
    for text in [
      error.description, dumped(error), dumped(service.embedder), dumped(service.embedder.provider), dumped(key),
      dumped(options),
    ] {
      for part in [secret, "team-secret", "other-secret", "query-secret", "query-s%65cret", "password", "pass%77ord"] {
        #expect(!text.contains(part), "\(status): \(text)")
      }
    }
    #expect(dumped(key).contains("the program"))
  }

  @Test("keys come from variables and files, and from nowhere else")
  func sources() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("  from-file\r\n", as: "key")
    #expect(try APIKey(variable: "A", environment: ["A": "direct"])?.source == "the variable A")
    #expect(try APIKey(variable: "A", environment: ["A_FILE": path])?.source == "the file \(path)")
    #expect(try APIKey(file: path) == APIKey("from-file", source: "the file \(path)"))
    #expect(try APIKey(variable: "A", environment: ["A": "x", "A_FILE": "/nowhere"])?.source == "the variable A")
    #expect(try APIKey(variable: "A", environment: ["A": ""]) == nil)
    #expect(throws: VectorStoreError.self) { try APIKey(file: folder.path("none")) }
    #expect(throws: VectorStoreError.self) {
      try APIKey(file: folder.write(String(repeating: "k", count: 100_000), as: "k"))
    }
  }

  @Test(
    "no key and no header becomes another header",
    arguments: [
      "a\r\nX-Evil: 1", "a\nb", "a\u{0}b", "", " \n ", "ключ", "a\u{7F}",
    ])
  func injection(_ value: String) throws {
    #expect { try APIKey(value) } throws: { !"\($0)".contains("Evil") }
    guard !value.isEmpty, value != "ключ" else { return }
    let options = Service.options { $0.headers = ["X-A": value == " \n " ? "a\nb" : value] }
    #expect { try RemoteEmbedder(.ollama(), model: "m", options: options) } throws: { !"\($0)".contains("Evil") }
  }

  @Test(
    "headers have names, and not those that the client sets",
    arguments: [
      "", "a b", "a:b", "a\r\nb", "Host", "content-length", "Transfer-Encoding", "é",
    ])
  func names(_ name: String) throws {
    let options = Service.options { $0.headers = [name: "v"] }
    #expect(throws: VectorStoreError.self) { try RemoteEmbedder(.ollama(), model: "m", options: options) }
  }
}
