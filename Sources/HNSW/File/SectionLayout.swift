// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The sections of an index that are kept in its file, and how much of each is in use.
struct SectionLayout {
  struct Entry {
    let kind: SectionKind
    let section: Section
    let records: Int
  }

  let entries: [Entry]

  init(_ moment: Moment) {
    self.init(
      moment.generation, slotCount: moment.slotCount, hasDead: moment.liveCount < moment.slotCount,
      upperCount: moment.generation.graph.upperCount.load(ordering: .acquiring),
      hasTwins: moment.generation.graph.hasTwins.load(ordering: .acquiring))
  }

  /// The layout of a generation with the given counts: what a file of it holds.
  init(_ generation: Generation, slotCount: Int, hasDead: Bool, upperCount: Int, hasTwins: Bool) {
    let (graph, slots) = (generation.graph, generation.slots)
    var entries = [
      Entry(kind: .links, section: graph.links, records: slotCount),
      Entry(kind: .upperIndex, section: graph.upperIndex, records: slotCount),
      Entry(kind: .upperLinks, section: graph.upperLinks, records: upperCount),
      Entry(kind: .labels, section: slots.labels, records: slotCount),
    ]
    if hasDead { entries.append(Entry(kind: .deaths, section: slots.deaths, records: slotCount)) }
    if hasTwins { entries.append(Entry(kind: .twins, section: graph.twins, records: slotCount)) }
    for (kind, section) in generation.space.sections {
      entries.append(Entry(kind: kind, section: section, records: kind == .center ? 1 : slotCount))
    }
    self.entries = entries
  }
}
