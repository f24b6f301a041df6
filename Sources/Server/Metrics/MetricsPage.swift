// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The figures of the service, of its store and of its process.
struct MetricsPage {
  private static let patience = Duration.seconds(2)
  let service: StoreService

  func text() async -> String {
    var page = PrometheusText()
    let figures = service.metrics.current
    let keys = figures.answers.keys.sorted()
    page.begin("vectorstore_http_requests_total", "counter", "Requests answered.")
    for key in keys {
      for (status, count) in (figures.answers[key] ?? [:]).sorted(by: { $0.key < $1.key }) {
        page.add(
          "vectorstore_http_requests_total", ["method": key.method, "route": key.route, "status": String(status)],
          Double(count))
      }
    }
    let name = "vectorstore_http_request_duration_seconds"
    page.begin(name, "histogram", "From the request's head to its answer, the body and waiting included.")
    for key in keys {
      guard let histogram = figures.times[key] else { continue }
      page.add(name, (key.method, key.route), histogram)
    }
    let pipeline = service.pipeline
    let counts = pipeline.admission.counts
    page.single(
      "vectorstore_http_requests_in_flight", "gauge", "Requests begun and not answered.", Double(figures.inFlight))
    page.single("vectorstore_http_requests_active", "gauge", "Requests whose turn it is.", Double(counts.active))
    page.single(
      "vectorstore_http_requests_waiting", "gauge", "Requests that wait for their turn.", Double(counts.waiting))
    page.single("vectorstore_http_body_bytes", "gauge", "Bytes of bodies in memory.", Double(pipeline.bodies.bytesHeld))
    if let count = await documents() {
      page.single("vectorstore_documents", "gauge", "Documents in the store.", Double(count))
    }
    if let bytes = ProcessFigures.residentBytes {
      page.single("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", Double(bytes))
    }
    if let count = ProcessFigures.openDescriptors {
      page.single("process_open_fds", "gauge", "Number of open file descriptors.", Double(count))
    }
    if let count = ProcessFigures.mostDescriptors {
      page.single("process_max_fds", "gauge", "Maximum number of open file descriptors.", Double(count))
    }
    return page.text
  }

  /// How many documents there are; nil where the store does not say it soon: the other figures are wanted most when it is in
  /// trouble.
  private func documents() async -> Int? {
    guard let store = try? service.store else { return nil }
    return try? await Deadline.run(Self.patience, Problem(.timeout, "counting")) { try await store.count() }
  }
}
