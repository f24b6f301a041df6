// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreServer
import VectorStoreTesting

@Suite("What /metrics says")
struct MetricsTests {
  @Test("comes also where the store does not say how much it has")
  func lateStore() async throws {
    try await Service.run(faults: { $0.injectAlways(.isLate(by: .seconds(3_600)), at: .count) }) {
      service async throws in
      let answer = try await service.get("/metrics")
      #expect(answer.status == 200 && answer.text.contains("vectorstore_http_requests_in_flight 1\n"))
      #expect(!answer.text.contains("vectorstore_documents"))
    }
  }

  @Test("is Prometheus' text: a kind for each metric, cumulative buckets, counts that agree")
  func text() async throws {
    try await Service.run { service async throws in
      for _ in 0..<3 { _ = try await service.get("/search?query=graph") }
      _ = try await service.get("/search")
      _ = try await service.get("/nowhere/\"quoted\"")
      let answer = try await service.get("/metrics")
      #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      var kinds: [String: String] = [:]
      var samples: [String: Double] = [:]
      for line in answer.text.split(separator: "\n") {
        let words = line.split(separator: " ")
        if line.hasPrefix("# TYPE ") { kinds[String(words[2])] = String(words[3]) }
        if line.hasPrefix("#") { continue }
        let space = try #require(line.lastIndex(of: " "))
        let value = try #require(Double(line[line.index(after: space)...]), "\(line)")
        #expect(samples.updateValue(value, forKey: String(line[..<space])) == nil, "\(line) is there twice")
        var family = String(line.prefix { $0 != "{" && $0 != " " })
        for ending in ["_bucket", "_sum", "_count"] where kinds[family] == nil && family.hasSuffix(ending) {
          family.removeLast(ending.count)
        }
        #expect(kinds[family] != nil, "\(line) has no kind")
      }
      let requests = "vectorstore_http_requests_total"
      #expect(samples["\(requests){method=\"GET\",route=\"/search\",status=\"200\"}"] == 3)
      #expect(samples["\(requests){method=\"GET\",route=\"/search\",status=\"422\"}"] == 1)
      #expect(samples["\(requests){method=\"GET\",route=\"(none)\",status=\"404\"}"] == 1)
      #expect(samples["vectorstore_documents"] == 3)
      let duration = "vectorstore_http_request_duration_seconds"
      let buckets = answer.text.split(separator: "\n")
        .filter { $0.hasPrefix("\(duration)_bucket{method=\"GET\",route=\"/search\"") }
        .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
      #expect(buckets == buckets.sorted() && buckets.last == 4)
      #expect(samples["\(duration)_count{method=\"GET\",route=\"/search\"}"] == 4)
    }
  }
}
