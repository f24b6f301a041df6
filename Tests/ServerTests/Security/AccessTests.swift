// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreServer

@Suite("Who may ask")
struct AccessTests {
  private static var keyed: ServerOptions {
    var options = ServerOptions()
    options.key = APIKey("s3cret")
    return options
  }

  @Test("with a key everything but health and the page wants it")
  func key() async throws {
    try await Service.run(Self.keyed) { service async throws in
      for path in ["/search?query=a", "/stats", "/readyz", "/metrics", "/openapi.json", "/documents/a", "/v1/models"] {
        let none = try await service.get(path)
        #expect(none.status == 401 && none.headers["www-authenticate"] == "Bearer", "\(path)")
        #expect(try await service.get(path, headers: ["X-API-Key": "s3cre"]).status == 401)
        #expect(try await service.get(path, headers: ["Authorization": "Basic s3cret"]).status == 401)
        #expect(try await service.get(path, headers: ["X-API-Key": "s3cret"]).status == 200)
        #expect(try await service.get(path, headers: ["authorization": "bearer s3cret"]).status == 200)
      }
      for path in ["/healthz", "/", "/app.js", "/app.css"] { #expect(try await service.get(path).status == 200) }
      #expect(try await service.send("POST", "/v1/embeddings", "{}").json["error"]?["code"] == "unauthorized")
      #expect(try await service.send("POST", "/documents", "[").status == 401)
    }
  }

  @Test("the key is in no text")
  func secret() {
    let key = APIKey("s3cret")
    var options = ServerOptions()
    options.key = key
    var dumped = ""
    dump(options, to: &dumped)
    #expect(!"\(key)\(options)\(dumped)".contains("s3cret"))
    #expect(key.matches("s3cret") && !key.matches("") && !key.matches("s3cret "))
  }

  @Test("without a key only this machine may be named, whatever a name elsewhere points to")
  func hosts() async throws {
    try await Service.run { service async throws in
      for host in ["localhost", "localhost:\(service.port)", "LOCALHOST", "127.0.0.1", "[::1]:80"] {
        #expect(try await service.get("/healthz", headers: ["Host": host]).status == 200, "\(host)")
      }
      for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "[::2]", ""] {
        let answer = try await service.get("/stats", headers: ["Host": host])
        #expect(answer.status == 403 && answer.code == "host_not_allowed", "\(host)")
      }
    }
    var options = Self.keyed
    options.hosts = .only(["DB.example"])
    try await Service.run(options) { service async throws in
      #expect(try await service.get("/healthz", headers: ["Host": "db.example:443"]).status == 200)
      #expect(try await service.get("/healthz").status == 403)
    }
    try await Service.run(Self.keyed) { service async throws in
      #expect(try await service.get("/healthz", headers: ["Host": "any.example"]).status == 200)
    }
  }

  @Test("pages of other origins change nothing")
  func foreignPages() async throws {
    try await Service.run { service async throws in
      let own = "http://127.0.0.1:\(service.port)"
      for (headers, status) in [
        (["Origin": "https://evil.example"], 403), (["Origin": "null"], 403), (["Sec-Fetch-Site": "cross-site"], 403),
        (["Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:1"], 403), (["Origin": own], 200),
        (["Sec-Fetch-Site": "same-origin", "Origin": own], 200), (["Sec-Fetch-Site": "none"], 200), ([:], 200),
      ] {
        let answer = try await service.send("POST", "/documents", "[]", headers: headers)
        #expect(answer.status == status, "\(headers): \(answer.text)")
      }
    }
  }

  @Test("listed origins are let in, by the browser's rules, and no others")
  func crossOrigin() async throws {
    var options = ServerOptions()
    options.origins = ["https://app.example"]
    try await Service.run(options) { service async throws in
      let asked = try await Exchange.send(
        "OPTIONS", "/documents",
        headers: ["Origin": "https://app.example", "Access-Control-Request-Method": "POST"], port: service.port)
      #expect(asked.status == 204 && asked.headers["access-control-allow-origin"] == "https://app.example")
      #expect(asked.headers["access-control-allow-methods"]?.contains("POST") == true)
      let posted = try await service.send(
        "POST", "/documents", "[]", headers: ["Origin": "https://app.example", "Sec-Fetch-Site": "cross-site"])
      #expect(posted.status == 200 && posted.headers["access-control-allow-origin"] == "https://app.example")
      let refused = try await service.send("POST", "/search", "{}", headers: ["Origin": "https://app.example"])
      #expect(refused.status == 422 && refused.headers["access-control-allow-origin"] != nil)
      for origin in ["https://app.example.evil", "http://app.example", "https://APP.example"] {
        let other = try await service.get("/stats", headers: ["Origin": origin])
        #expect(other.headers["access-control-allow-origin"] == nil && other.headers["vary"] == "Origin")
      }
    }
  }
}
