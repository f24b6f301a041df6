// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct CommandWordsTests {
  @Test(
    arguments: [
      ("a b  c", ["a", "b", "c"]),
      ("  python 'a b'/peer.py  --x=\"1 2\" ", ["python", "a b/peer.py", "--x=1 2"]),
      (#"a\ b 'c\d' "e\"f" g\\h"#, ["a b", #"c\d"#, #"e"f"#, #"g\h"#]),
      (#"'it'"'"'s' '' x"#, ["it's", "", "x"]),
      ("", []),
      ("$HOME `ls` a;b", ["$HOME", "`ls`", "a;b"]),
    ] as [(String, [String])])
  func partsWordsAsAShellDoesWithoutOne(text: String, words: [String]) {
    #expect(CommandWords.split(text) == words)
  }

  @Test(arguments: ["a 'b", "a \"b", "a\\"])
  func whatIsNotClosedIsNoCommand(text: String) {
    #expect(CommandWords.split(text) == nil)
  }
}
