// SPDX-License-Identifier: Apache-2.0

import Testing

import VectorStoreCore

struct IDFormTests {
  @Test func derivedIDsAreTheSameEachTimeAndDiffer() {
    for form in [IDForm.text, .uuid, .integer] {
      let ids = ["a", "b", "a#1"].flatMap { source in (0..<20).map { form.derived(source: source, place: $0) } }
      #expect(Set(ids).count == ids.count)
      #expect(ids == ["a", "b", "a#1"].flatMap { source in (0..<20).map { form.derived(source: source, place: $0) } })
    }
    #expect(IDForm.text.derived(source: "notes.md", place: 3) == "notes.md#3")
    // From SHA-256 of "notes.md#3", the version and the variant put in.
    #expect(IDForm.uuid.derived(source: "notes.md", place: 3) == "a162a298-ffe8-8ba4-be5d-c419c40d108f")
    #expect(IDForm.integer.derived(source: "notes.md", place: 3) == "5814517982918100434")
  }

  @Test func randomIDsHaveTheirForm() {
    var random = SystemRandomNumberGenerator()
    let shape = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
    for _ in 0..<100 {
      #expect(IDForm.uuid.random(using: &random).wholeMatch(of: shape) != nil)
      #expect(Int64(IDForm.integer.random(using: &random)).map { $0 > 0 } == true)
    }
  }
}
