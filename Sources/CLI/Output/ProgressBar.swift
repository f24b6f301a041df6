// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import VectorStoreCore

/// A line on a terminal's standard error with how much is done, how fast, and how long it will take; nothing elsewhere.
final class ProgressBar: Sendable {
  private struct State {
    var label = ""
    var began = ContinuousClock.now
    var drawn: ContinuousClock.Instant?
  }

  private static let barWidth = 24
  private static let interval = Duration.milliseconds(100)

  private let unit: String
  private let state = Mutex(State())

  /// A bar that counts these, such as `files`.
  init(unit: String) { self.unit = unit }

  /// Shows how far it is; at most ten times a second.
  ///
  /// - Parameters:
  ///   - label: what is being done; another than before starts the clock anew.
  ///   - total: nil where it is not known: then there is no bar and no time left.
  ///   - note: more, at the end of the line.
  func show(_ label: String, done: Int, total: Int?, note: String = "") {
    guard StandardError.isTerminal else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      if state.label != label {
        state.label = label
        state.began = now
        state.drawn = nil
      }
      if let drawn = state.drawn, now - drawn < Self.interval, done != total { return }
      state.drawn = now
      let seconds = (now - state.began) / .seconds(1)
      StandardError.progress(line(label, done: done, total: total, seconds: seconds, note: note))
    }
  }

  /// Clears the line.
  func finish() { StandardError.progress("") }

  /// What a backend's long call tells.
  var handler: StoreProgress.Handler {
    { [self] progress in show(progress.phase.rawValue, done: progress.done, total: progress.total) }
  }

  private func line(_ label: String, done: Int, total: Int?, seconds: Double, note: String) -> String {
    let rate = seconds > 0.2 ? Double(done) / seconds : 0
    var parts = [label]
    if let total, total > 0 {
      let share = min(1, Double(done) / Double(total))
      let filled = Int(share * Double(Self.barWidth))
      parts.append(
        String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled))
      parts.append("\(Int(share * 100)) %")
      parts.append("\(done)/\(total) \(unit)")
      if rate > 0 {
        parts.append("\(Self.number(rate))/s")
        parts.append("\(Self.clock(Double(total - done) / rate)) left")
      }
    } else {
      parts.append("\(done) \(unit)")
      if rate > 0 { parts.append("\(Self.number(rate))/s") }
    }
    if !note.isEmpty { parts.append(note) }
    return String(parts.joined(separator: "  ").prefix(max(10, TerminalSize.columns(STDERR_FILENO) - 1)))
  }

  private static func number(_ value: Double) -> String {
    value < 10 ? String(format: "%.1f", value) : String(Int(value.rounded()))
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 359_999))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    return hours > 0
      ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
  }
}
