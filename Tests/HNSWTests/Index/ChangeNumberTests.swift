// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Change numbers")
struct ChangeNumberTests {
  private let index: HNSWIndex
  private let vectors = VectorSet.normal(8, dimension: 3, seed: 1)

  init() throws { index = try HNSWIndex(HNSWConfiguration(dimension: 3)) }

  @Test func everyChangeHasTheNextNumber() throws {
    try index.add(labels: [1, 2], vectors: vectors.rows(0..<2))
    #expect(index.changeNumber == 1)
    try index.upsert(label: 1, vector: vectors[2])
    #expect(index.changeNumber == 2)
    try index.remove(label: 1)
    #expect(index.changeNumber == 3)
    // Nothing was removed, so nothing changed.
    try index.remove(label: 1)
    #expect(index.changeNumber == 3)
    try index.compact()
    #expect(index.changeNumber == 3)
  }

  @Test func aGivenNumberIsTaken() throws {
    try index.add(labels: [1], vectors: vectors[0], changeNumber: 10)
    #expect(index.changeNumber == 10)
    try index.add(label: 2, vector: vectors[1])
    #expect(index.changeNumber == 11)
    try index.upsert(labels: [1], vectors: vectors[2], changeNumber: 500)
    try index.remove(labels: [2], changeNumber: 501)
    #expect(index.changeNumber == 501)
  }

  @Test func aGivenNumberIsTakenEvenWhereNothingChanges() throws {
    try index.upsert(labels: [], vectors: [], changeNumber: 4)
    #expect(index.changeNumber == 4)
    try index.remove(labels: [77], changeNumber: 9)
    #expect(index.changeNumber == 9)
  }

  @Test(arguments: [0, 4, 5] as [UInt64]) func aGivenNumberMustRise(number: UInt64) throws {
    try index.add(labels: [1], vectors: vectors[0], changeNumber: 5)
    expectError(.invalidArgument) { try index.add(labels: [2], vectors: vectors[1], changeNumber: number) }
    expectError(.invalidArgument) { try index.upsert(labels: [1], vectors: vectors[1], changeNumber: number) }
    expectError(.invalidArgument) { try index.remove(labels: [1], changeNumber: number) }
    expectError(.invalidArgument) { try index.upsert(labels: [], vectors: [], changeNumber: number) }
    #expect(index.changeNumber == 5)
    #expect(try index.vector(label: 1) == vectors[0])
    #expect(try !index.contains(label: 2))
  }

  @Test func afterTheLastNumberThereIsNoNext() throws {
    try index.add(labels: [1], vectors: vectors[0], changeNumber: .max)
    #expect(errorCode { try index.add(label: 2, vector: vectors[1]) } != nil)
    #expect(errorCode { try index.remove(label: 1) } != nil)
    #expect(try index.search(vectors[0], k: 2).map(\.label) == [1])
  }

  @Test func aViewKeepsItsNumber() throws {
    try index.add(label: 1, vector: vectors[0])
    let view = index.view()
    try index.remove(label: 1)
    #expect(view.changeNumber == 1)
    #expect(view.count == 1)
    #expect(index.view().changeNumber == 2)
    #expect(index.view().count == 0)
  }
}
