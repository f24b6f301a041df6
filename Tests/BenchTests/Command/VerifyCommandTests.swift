// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What `verify` says of wrong arguments and of a server that is not there; what it compares is run by scripts/test.
@Suite struct VerifyCommandTests {
  @Test(
    arguments: [
      ([], "--postgres"), (["--postgres", "sqlite:x.db"], "postgresql://"),
      (["--postgres", "postgresql://h/d", "--seconds", "0"], "above 0"),
      (["--postgres", "postgresql://h/d", "--seconds", "nan"], "above 0"),
      (["--postgres", "postgresql://h/d", "--seconds", "1", "--minutes", "1"], "exclude each other"),
      (["--postgres", "postgresql://h/d", "--suite", "pairs,fun"], "pairs,fun"),
      (["--postgres", "postgresql://h/d", "--suite", "pairs,pairs"], "twice"),
      (["--postgres", "postgresql://h/d", "--case", "pairs"], "suite:seed"),
      (["--postgres", "postgresql://h/d", "--case", "pairs:-1"], "suite:seed"),
      (["--postgres", "postgresql://h/d", "--seed", "x"], "--seed"),
    ] as [([String], String)])
  func wrongArguments(_ arguments: [String], says: String) throws {
    let outcome = try BuiltCommand.run(["verify"] + arguments)
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func aServerThatIsNotThere() throws {
    let outcome = try BuiltCommand.run(
      ["verify", "--postgres", "postgresql://verify:secret-word@127.0.0.1:1/d", "--seconds", "1"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("127.0.0.1"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("secret-word"))
  }
}
