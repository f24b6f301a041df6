// SPDX-License-Identifier: Apache-2.0

/// The memory of an index between two compactions. Its sections never move; whoever searches keeps it alive.
final class Generation: Sendable {
  let space: VectorSpace
  let graph: Graph
  let slots: SlotTable
  /// Where the data comes from a file that has not been checked in full.
  private let fileIntegrity: Integrity?
  let contexts: ContextPool

  init(space: VectorSpace, graph: Graph, slots: SlotTable, integrity: Integrity? = nil, contexts: ContextPool) {
    self.space = space
    self.graph = graph
    self.slots = slots
    fileIntegrity = integrity
    self.contexts = contexts
  }

  /// What must be asked before data of the file is read; nil once everything has been checked.
  var integrity: Integrity? { fileIntegrity.flatMap { $0.isComplete ? nil : $0 } }

  /// What must be asked before a walk reads data of the file; nil once all that walks read has been checked.
  var walkIntegrity: Integrity? { fileIntegrity.flatMap { $0.isCompleteForWalking ? nil : $0 } }

  /// The vectors that fit.
  var capacity: Int { min(space.capacity, graph.capacity, slots.capacity, DistanceKey.slotLimit - 1) }
}
