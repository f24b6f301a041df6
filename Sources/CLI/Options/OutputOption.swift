// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Whether a program reads the answer.
struct OutputOption: ParsableArguments {
  @Flag(help: "Answer in JSON, an object a line.")
  var json = false

  init() {}
}
