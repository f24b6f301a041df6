// SPDX-License-Identifier: Apache-2.0

/// The document that `ann --json`, and every other engine's runner, writes.
struct SingleRun: Decodable {
  let description: EngineDescription
  let memory: MemoryResult
  let points: [CurvePoint]

  private enum CodingKeys: String, CodingKey {
    case points
  }

  init(from decoder: any Decoder) throws {
    description = try EngineDescription(from: decoder)
    memory = try MemoryResult(from: decoder)
    points = try decoder.container(keyedBy: CodingKeys.self).decode([CurvePoint].self, forKey: .points)
  }

  /// The record of one round; one for each kind of iterative scan, where there are several. The engine's name and storage
  /// make the label.
  func records(id: String) -> [EngineRecord] {
    let kinds = Set(points.compactMap(\.iterative)).sorted()
    guard kinds.count > 1 else { return [record(id: id, label: label, points)] }
    return kinds.map { kind in
      record(id: "\(id), \(kind)", label: "\(label), iterative \(kind)", points.filter { $0.iterative == kind })
    }
  }

  private func record(id: String, label: String, _ points: [CurvePoint]) -> EngineRecord {
    EngineRecord(
      id: id, label: label, description: description,
      builds: [BuildTimes(threads: description.threads, seconds: [description.buildSeconds])], memory: memory,
      rounds: [points], turns: false)
  }

  private var label: String {
    let isNamed = description.engine.lowercased().contains(description.storage.lowercased())
    return isNamed ? description.engine : "\(description.engine) \(description.storage)"
  }
}
