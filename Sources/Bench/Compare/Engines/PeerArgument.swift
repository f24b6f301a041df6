// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A program that speaks the serve protocol, from `--peer 'NAME=COMMAND…'`.
struct PeerArgument: ExpressibleByArgument {
  let name: String
  /// The program and its first arguments; the options of the data follow.
  let command: [String]

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "=") else { return nil }
    let name = argument[..<sign]
    guard let command = CommandWords.split(String(argument[argument.index(after: sign)...])) else { return nil }
    guard !name.isEmpty, !command.isEmpty, TextLine.clean(String(name)) == name else { return nil }
    self.name = String(name)
    self.command = command
  }
}
