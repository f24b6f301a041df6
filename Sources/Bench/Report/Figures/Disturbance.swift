// SPDX-License-Identifier: Apache-2.0

/// How far the figures can be trusted.
package enum Disturbance {
  /// A sentence for readers where the machine was busy with something else meanwhile; `nil` where it was not.
  package static func sentence(_ datasets: [ComparedDataset]) -> String? {
    let engines = datasets.flatMap(\.engines)
    let disturbed = engines.reduce(0) { $0 + $1.disturbedPoints }
    guard disturbed > 0 else { return nil }
    let measured = engines.reduce(0) { $0 + $1.measuredPoints }
    return
      "Disturbed: \(disturbed) of \(measured) measurements had less than \(EngineRecord.disturbedBelowCores) of a core,"
      + " since something else was running."
  }
}
