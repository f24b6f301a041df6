// SPDX-License-Identifier: Apache-2.0

/// The machine and the settings in words.
enum MachineText {
  /// `AMD EPYC, 2 cores, 24 GiB`
  static func processor(_ machine: MachineFacts) -> String {
    var facts = [machine.cpu]
    if let cores = machine.cores { facts.append("\(cores) \(cores == 1 ? "core" : "cores")") }
    if let bytes = machine.memoryBytes { facts.append("\(NumberText.fixed(Double(bytes) / 1_073_741_824, 0)) GiB") }
    return facts.joined(separator: ", ")
  }

  /// The instruction sets and the system.
  static func system(_ machine: MachineFacts) -> String {
    let sets = (machine.simd ?? []).joined(separator: " ")
    return [sets.isEmpty ? machine.arch : sets, machine.system].compactMap { $0 }.joined(separator: " · ")
  }

  /// `m 16, efConstruction 64, 1 thread, medians of 3 rounds in turns`
  static func settings(_ settings: ComparisonSettings) -> String {
    let threads = settings.threads == 1 ? "1 thread" : "\(settings.threads) threads"
    let rounds = settings.rounds == 1 ? "one round" : "medians of \(settings.rounds) rounds in turns"
    return "m \(settings.m), efConstruction \(settings.efConstruction), \(threads), \(rounds)"
  }
}
