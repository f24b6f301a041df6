// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A small cluster of a test's own, which it may stop.
///
/// `VECTORSTORE_TEST_POSTGRES_BIN` is the folder of the server's programs; `VECTORSTORE_TEST_POSTGRES_USER` is whom they run as, where
/// the tests run as root, as whom they refuse to.
final class OwnServer: Sendable {
  enum Stop: String, Sendable { case fast, immediate }

  let port: Int
  private let programs: String
  private let user: String?
  private let folder: String

  var url: String { "postgresql://postgres@127.0.0.1:\(port)/postgres" }

  init() throws {
    guard let programs = TestServer.environment("VECTORSTORE_TEST_POSTGRES_BIN") else {
      throw TestServer.Missing(
        description:
          "VECTORSTORE_TEST_POSTGRES_BIN is not set: it is the folder of PostgreSQL's initdb and pg_ctl; scripts/test sets it"
      )
    }
    self.programs = programs
    user = TestServer.environment("VECTORSTORE_TEST_POSTGRES_USER")
    port = Int.random(in: 20_000..<30_000)
    folder = NSTemporaryDirectory() + "vectorstore-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if let user { try run("/bin/chown", [user, folder]) }
    try run(
      "\(programs)/initdb", ["-D", "\(folder)/data", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"])
    try start()
  }

  func start() throws {
    let settings = "-p \(port) -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=16MB"
    try run("\(programs)/pg_ctl", ["-D", "\(folder)/data", "-w", "-l", "\(folder)/log", "-o", settings, "start"])
  }

  func stop(_ mode: Stop) throws {
    try run("\(programs)/pg_ctl", ["-D", "\(folder)/data", "-w", "-m", mode.rawValue, "stop"])
  }

  /// Stops it and removes its folder.
  func remove() {
    try? stop(.immediate)
    try? FileManager.default.removeItem(atPath: folder)
  }

  // Not Foundation's Process: it waits for everything that inherits its socket, and so for the server itself.
  private func run(_ program: String, _ arguments: [String]) throws {
    let asUser = program.hasPrefix(programs) ? user : nil
    let command =
      (asUser.map { ["/usr/bin/setpriv", "--reuid=\($0)", "--clear-groups", "--"] } ?? []) + [program] + arguments
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let variables = ["PATH=/usr/bin:/bin", "LC_ALL=C", "HOME=\(folder)"]
    var list: [UnsafeMutablePointer<CChar>?] = command.map { (text: String) in strdup(text) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = variables.map { (text: String) in strdup(text) } + [nil]
    defer { for text in list + environment { free(text) } }
    var child = pid_t()
    var status: Int32 = -1
    guard posix_spawn(&child, command[0], &actions, nil, &list, &environment) == 0 else {
      throw TestServer.Missing(description: "\(command[0]) could not be started: \(errno)")
    }
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else {
      throw TestServer.Missing(description: "\(command.joined(separator: " ")) ended with the status \(status)")
    }
  }
}
