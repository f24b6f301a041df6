// SPDX-License-Identifier: Apache-2.0

/// Prometheus' text format, version 0.0.4.
struct PrometheusText {
  /// Its content type.
  static let type = "text/plain; version=0.0.4; charset=utf-8"

  private(set) var text = ""

  /// Begins a metric.
  mutating func begin(_ name: String, _ kind: String, _ help: String) {
    let help = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  /// A value of the metric that was begun.
  mutating func add(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: Double) {
    text += name
    if !labels.isEmpty {
      text += "{" + labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
    }
    let whole = Int(exactly: value).map(String.init)
    text += " \(whole ?? Self.number(value))\n"
  }

  /// A metric of one value.
  mutating func single(_ name: String, _ kind: String, _ help: String, _ value: Double) {
    begin(name, kind, help)
    add(name, [:], value)
  }

  /// A histogram of the metric that was begun.
  mutating func add(_ name: String, _ labels: (method: String, route: String), _ histogram: Histogram) {
    let cumulative = histogram.cumulative
    for (place, count) in cumulative.enumerated() {
      let bound = place < Histogram.bounds.count ? Self.number(Histogram.bounds[place]) : "+Inf"
      add("\(name)_bucket", ["method": labels.method, "route": labels.route, "le": bound], Double(count))
    }
    add("\(name)_sum", ["method": labels.method, "route": labels.route], histogram.sum)
    add("\(name)_count", ["method": labels.method, "route": labels.route], Double(cumulative.last ?? 0))
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return value.description
  }
}
