// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// An index and the dictionary that it should be, changed side by side.
struct ModelRun {
  enum Step: CaseIterable {
    case upsert, addOne, addTaken, remove, compact, reopenMapped, reopenResident, pin, recall, search, filter, staleList
  }

  private static let dimension = 6
  private static let labelCount = 900

  let kind: IndexKind
  private(set) var done: Set<Step> = []
  /// Searches that were answered by a walk.
  private(set) var walks = 0

  private let directory: TemporaryDirectory
  private var index: HNSWIndex
  private var model: ReferenceIndex
  private var generator: SeededGenerator
  private var pins: [Pin] = []
  private var changes: UInt64 = 0
  /// A list from before the last renumbering of slots.
  private var list: AllowList?
  private var isListStale = false

  /// A view with what it answered when it was taken.
  private struct Pin {
    let view: IndexView
    let model: ReferenceIndex
    let queries: [TestVector]
    let answers: [[Neighbor]]
  }

  init(_ kind: IndexKind, seed: UInt64) throws {
    self.kind = kind
    directory = try TemporaryDirectory()
    // Few links and narrow beams, so that so small an index is walked.
    index = try HNSWIndex(kind.configuration(dimension: Self.dimension, m: 2, efConstruction: 20, seed: seed))
    model = ReferenceIndex(kind.metric)
    generator = SeededGenerator(seed)
  }

  mutating func step() throws {
    let step = Self.schedule[generator.below(Self.schedule.count)]
    done.insert(step)
    switch step {
    case .upsert: try upsert()
    case .addOne: try addOne()
    case .addTaken: try addTaken()
    case .remove: try remove()
    case .compact: try compact()
    case .reopenMapped: try reopen(.mapped)
    case .reopenResident: try reopen(.resident)
    case .pin: try pin()
    case .recall: try recallPins()
    case .search: try search()
    case .filter: try filter()
    case .staleList: try useOldList()
    }
    try expectSameContents()
  }

  private static let schedule: [Step] = [
    .upsert, .upsert, .upsert, .upsert, .upsert, .upsert, .addOne, .addOne, .addTaken, .remove, .remove, .compact,
    .reopenMapped, .reopenResident, .pin, .pin, .recall, .search, .search, .search, .search, .filter, .filter, .filter,
    .staleList,
  ]

  /// Everything at the end, when much has happened.
  mutating func finish() throws {
    try recallPins()
    try index.save(to: directory.file("end"))
    try index.checkInvariants()
    for label in 0..<UInt64(Self.labelCount) {
      #expect(try index.stored(label) == model.vectors[label])
      #expect(try index.contains(label: label) == (model.vectors[label] != nil))
    }
    try index.remove(labels: model.labels)
    #expect(try index.view().search(vector(), k: 5).isEmpty)
  }

  // MARK: Changes

  /// A new vector; now and then one that has been, or under cosine one without a direction.
  private mutating func vector() -> TestVector {
    if generator.oneIn(6), let label = model.labels.randomElement(using: &generator), let known = model.vectors[label] {
      // A query is made by this, too, and must have a direction.
      if ReferenceDistance.between(known, known, kind.metric) != nil { return known }
    }
    return .random(kind, dimension: Self.dimension, using: &generator)
  }

  private mutating func label() -> UInt64 { UInt64(generator.below(Self.labelCount)) }

  private mutating func upsert() throws {
    let labels = (0..<generator.below(60)).map { _ in label() }
    var vectors = labels.map { _ in vector() }
    if kind.metric == .cosine, !vectors.isEmpty, generator.oneIn(3) {
      vectors[0] = .floats([Float](repeating: 0, count: Self.dimension))
    }
    try index.upsert(labels: labels, vectors: vectors, threads: generator.oneIn(3) ? 2 : 1)
    for (label, vector) in zip(labels, vectors) { model.upsert(label, vector) }
    if !labels.isEmpty { changes += 1 }
  }

  private mutating func addOne() throws {
    let (label, vector) = (label(), vector())
    guard model.vectors[label] == nil else { return }
    changes += UInt64(1 + generator.below(3))
    if kind.metric.isBinary {
      try index.upsert(labels: [label], bits: [vector.bits], changeNumber: changes)
    } else {
      try index.add(labels: [label], vectors: vector.floats, changeNumber: changes)
    }
    model.upsert(label, vector)
  }

  private mutating func addTaken() throws {
    guard !kind.metric.isBinary, let taken = model.labels.randomElement(using: &generator) else { return }
    let free = (0..<UInt64(Self.labelCount)).filter { model.vectors[$0] == nil }.prefix(2)
    let labels = Array(free) + [taken]
    let vectors = labels.flatMap { _ in vector().floats }
    expectError(.duplicateLabel) { try index.add(labels: labels, vectors: vectors) }
  }

  private mutating func remove() throws {
    let labels = (0..<generator.below(40)).map { _ in label() }
    let expected = Set(labels).count { model.vectors[$0] != nil }
    #expect(try index.remove(labels: labels) == expected)
    for label in labels { model.remove(label) }
    if expected > 0 { changes += 1 }
  }

  private mutating func compact() throws {
    try index.compact(threads: 1 + generator.below(2))
    isListStale = true
    #expect(index.view().slotCount == model.vectors.count)
    #expect(try index.statistics().deadSlots == 0)
    try index.checkInvariants()
  }

  private mutating func reopen(_ loading: HNSWIndex.Loading) throws {
    try index.save(to: directory.file("index"))
    index = try HNSWIndex.open(path: directory.file("index"), loading: loading)
    isListStale = true
    if generator.oneIn(2) { try index.verify() }
    if generator.oneIn(2) { index.releaseRows() }
  }

  // MARK: Questions

  private mutating func pin() throws {
    let view = index.view()
    let queries = (0..<3).map { _ in vector() }
    let answers = try queries.map { try view.search($0, k: 12, options: SearchOptions(exact: true)) }
    pins.append(Pin(view: view, model: model, queries: queries, answers: answers))
    if pins.count > 6 { pins.remove(at: generator.below(pins.count)) }
  }

  private mutating func recallPins() throws {
    for pin in pins {
      #expect(pin.view.count == pin.model.vectors.count)
      for (query, answer) in zip(pin.queries, pin.answers) {
        #expect(try pin.view.search(query, k: 12, options: SearchOptions(exact: true)) == answer)
        pin.model.expect(answer, areNearest: 12, to: query)
        let found = try pin.view.search(query, k: 2, options: SearchOptions(efSearch: 3))
        #expect(found.count == min(2, pin.model.distances(to: query).count))
        pin.model.expect(found, areValidFor: query)
      }
      let allowed = try pin.view.allowList { $0 % 2 == 0 }
      #expect(allowed.count == pin.model.labels.count { $0 % 2 == 0 })
    }
  }

  private mutating func search() throws {
    let (view, query) = (index.view(), vector())
    let k = generator.oneIn(4) ? generator.below(1_000) : 1 + generator.below(20)
    model.expect(try view.search(query, k: k, options: SearchOptions(exact: true)), areNearest: k, to: query)
    let wide = try view.search(query, k: k, options: SearchOptions(efSearch: 2_000))
    if kind.storage == .int8 {
      #expect(wide.count == min(k, model.distances(to: query).count))
      model.expect(wide, areValidFor: query)
    } else {
      model.expect(wide, areNearest: k, to: query)
    }
    let narrow = try view.search(query, k: 2, options: SearchOptions(efSearch: 3))
    #expect(narrow.count == min(2, model.distances(to: query).count))
    model.expect(narrow, areValidFor: query)
    if case .floats(let values) = query {
      let explained = try view.searchExplained(values, k: 2, options: SearchOptions(efSearch: 3))
      #expect(explained.neighbors == narrow)
      if explained.explanation.strategy != .exact { walks += 1 }
    } else {
      walks += 1  // bits have no explanation
    }
    let limit = Float(generator.below(4))
    let limited = SearchOptions(distanceLimit: limit, exact: true)
    let unlimited = try view.search(query, k: 30, options: SearchOptions(exact: true))
    #expect(try view.search(query, k: 30, options: limited) == unlimited.filter { $0.distance <= limit })
  }

  private mutating func filter() throws {
    let (view, query) = (index.view(), vector())
    let part = [1, 2, 3, 10, 100][generator.below(5)]
    let chosen = Set((0..<UInt64(Self.labelCount)).filter { _ in generator.oneIn(part) })
    let made: AllowList
    switch generator.below(3) {
    case 0: made = try view.allowList(labels: chosen)
    case 1: made = try view.allowList { chosen.contains($0) }
    default:
      var words = [UInt64](repeating: 0, count: (view.slotCount + 63) / 64)
      for slot in 0..<view.slotCount {
        if let label = try view.label(slot: slot), chosen.contains(label) { words[slot / 64] |= 1 << UInt64(slot % 64) }
      }
      made = try view.allowList(bitmap: words)
    }
    #expect(made.count == model.labels.count { chosen.contains($0) })
    let exact = try view.search(query, k: 10, options: SearchOptions(allow: made, exact: true))
    model.expect(exact, areNearest: 10, to: query, allowed: chosen.contains)
    let found = try view.search(query, k: 3, options: SearchOptions(efSearch: 4, allow: made))
    #expect(found.count == min(3, model.distances(to: query, allowed: chosen.contains).count))
    model.expect(found, areValidFor: query, allowed: chosen.contains)
    (list, isListStale) = (made, false)
  }

  /// A list made earlier: what was removed since is not returned; after a renumbering it is refused.
  private mutating func useOldList() throws {
    guard let list else { return }
    let (view, query) = (index.view(), vector())
    let options = SearchOptions(allow: list, exact: true)
    if isListStale {
      expectError(.staleAllowList) { try view.search(query, k: 3, options: options) }
    } else {
      let found = try view.search(query, k: 1_000, options: options)
      model.expect(found, areValidFor: query)
      #expect(found.count <= list.count)
    }
  }

  private mutating func expectSameContents() throws {
    #expect(index.count == model.vectors.count)
    #expect(index.view().count == model.vectors.count)
    #expect(index.changeNumber == changes)
    let label = label()
    #expect(try index.stored(label) == model.vectors[label])
  }
}
