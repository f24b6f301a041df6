// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreBench

@Suite struct PageTests {
  private static let hostile = "<script>alert(\"1\")</script> & ]]> \u{0} 'x' --> \u{FFFE}"

  /// Everything that comes from results is hostile here.
  private func hostileDataset() throws -> ComparedDataset {
    let filters = [
      FilterKey(name: Self.hostile, selectivity: 0.5), FilterKey(name: Self.hostile, selectivity: 0.1),
      FilterKey(name: "category=0", selectivity: 0.2),
    ]
    func round(_ factor: Double) -> [CurvePoint] {
      var points: [CurvePoint] = []
      for ef in [10, 20, 40] {
        points.append(MadeResults.point(ef, 1 - 0.5 / Double(ef), factor / Double(ef)))
      }
      for filter in filters {
        points.append(MadeResults.point(10, 0.7, factor, filter: filter))
        points.append(MadeResults.point(40, 0.99, factor, filter: filter))
      }
      return points
    }
    var engine = try MadeResults.record(Self.hostile, label: Self.hostile, engine: Self.hostile, rounds: [round(1000)])
    engine.params = [Self.hostile: .text(Self.hostile), "iterative": .list([.text(Self.hostile)])]
    engine.version = Self.hostile
    let exact = try MadeResults.record("exact", rounds: [[MadeResults.point(0, 1, 100)]])
    let other = try MadeResults.record("other", engine: "pgvector-hnsw", rounds: [round(300)])
    var dataset = try MadeResults.dataset([engine, exact, other], name: Self.hostile, categories: [Self.hostile])
    dataset.failures = [EngineFailure(engine: Self.hostile, during: Self.hostile, message: Self.hostile)]
    return dataset
  }

  @Test func thePageIsWellFormedAndTextStaysText() throws {
    let page = ReportPage.text([try hostileDataset()])
    let document = try ParsedMarkup(page)
    #expect(document.names["script"] == 1)
    #expect(document.names["table"].map { $0 >= 6 } == true)
    #expect(document.text.contains("<script>alert(\"1\")</script> &"))
    #expect(document.names["svg"].map { $0 > 5 } == true)
  }

  @Test func thePageNeedsNoOtherFile() throws {
    let page = ReportPage.text([try hostileDataset()])
    let document = try ParsedMarkup(page)
    #expect(document.attributes.isDisjoint(with: ["src", "href", "onload", "onclick"]))
    #expect(document.names["link"] == nil)
    let addresses = page.replacing("http://www.w3.org/2000/svg", with: "")
    #expect(!addresses.contains("http"))
    #expect(!addresses.contains("url("))
    #expect(!addresses.contains("@import"))
  }

  @Test func theImageIsWellFormedAndTextStaysText() throws {
    let image = CurvesImage.text(try hostileDataset())
    let document = try ParsedMarkup(image)
    #expect(document.names["script"] == nil)
    #expect(document.names["polyline"].map { $0 >= 2 } == true)
    #expect(document.text.contains("<script>alert"))
    #expect(image.contains("prefers-color-scheme: dark"))
  }

  /// One engine, one point, no latency, nothing but a name; results may be as poor as that.
  @Test func littleIsEnoughToDraw() throws {
    let poor = try MadeResults.record("x", rounds: [[CurvePoint(ef: 1, recall: 0, qps: 0.001)]])
    let perfect = try MadeResults.record("y", rounds: [[CurvePoint(ef: 1, recall: 1, qps: 1e9)]])
    for engines in [[poor], [perfect], [poor, perfect], []] {
      let dataset = try MadeResults.dataset(engines)
      _ = try ParsedMarkup(ReportPage.text([dataset, dataset]))
      _ = try ParsedMarkup(CurvesImage.text(dataset))
    }
  }

  @Test func coordinatesAreNumbersInsideTheDrawing() throws {
    let image = try ParsedMarkup(CurvesImage.text(try hostileDataset()))
    #expect(!image.coordinates.isEmpty)
    #expect(image.coordinates.allSatisfy { $0.isFinite && -1...1100 ~= $0 })
  }
}
