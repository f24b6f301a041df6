// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs a command in a process group of its own that ends when the parent does, however the parent ends.
///
/// `compare` starts every engine through it: a runner may be busy for minutes, may not look at its standard input, and may
/// have children of its own; none of them shall outlive the comparison.
struct AccompanyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accompany", abstract: "Runs a command that ends with its parent.", shouldDisplay: false)

  @Option(help: "The process to live with.")
  var parent: Int32

  @Argument(parsing: .postTerminator, help: "The command.")
  var command: [String]

  /// Microseconds between two looks at the parent and the command.
  private static let pause: UInt32 = 200_000
  /// After how many of them, since the parent was gone, the command is killed.
  private static let patience = 25

  func run() throws {
    setpgid(0, 0)
    // The parent ignores these; an ignored signal would stay ignored in the command.
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_DFL) }
    let child = try spawn()
    // What ends the group is for the command; this process reports how it ended.
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_IGN) }
    var pausesAlone = 0
    while true {
      var status: Int32 = 0
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { Foundation.exit(exitCode(status)) }
      if ended < 0, errno != EINTR { throw BenchError("waitpid: \(String(cString: strerror(errno)))") }
      if getppid() != parent {
        // Asked to end at first, so that it can clear up.
        if pausesAlone == 0 { kill(0, SIGTERM) }
        if pausesAlone == Self.patience { kill(0, SIGKILL) }
        pausesAlone += 1
      }
      usleep(Self.pause)
    }
  }

  private func spawn() throws -> pid_t {
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    defer { words.forEach { free($0) } }
    words.append(nil)
    guard let program = words.first ?? nil else { throw ValidationError("there is no command after --") }
    var child: pid_t = 0
    let problem = posix_spawnp(&child, program, nil, nil, words, environ)
    guard problem == 0 else {
      throw BenchError("\(command[0]): can't be started: \(String(cString: strerror(problem)))")
    }
    return child
  }

  /// The command's own code; 128 and the signal's number where a signal ended it, as shells have it.
  private func exitCode(_ status: Int32) -> Int32 {
    let number = status & 0x7F
    guard number != 0 else { return (status >> 8) & 0xFF }
    Console.note("ended by signal \(number)")
    return 128 + number
  }
}
