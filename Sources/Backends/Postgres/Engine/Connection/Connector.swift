// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import Logging
internal import VectorStoreCore

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Makes connections. It blocks: libpq looks names up, of later hosts in the midst of its polling.
struct Connector: Sendable {
  private let settings: ConnectionSettings
  private let options: PGEngine.Options
  private let timeout: Duration

  init(_ settings: ConnectionSettings, _ options: PGEngine.Options) {
    self.settings = settings
    self.options = options
    let given = settings.parameters["connect_timeout"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
    timeout = given.map { .seconds($0) } ?? options.connectTimeout
  }

  /// Connects to the first host that answers and is what `target_session_attrs` asks for.
  ///
  /// libpq goes on to the next host by itself when one refuses. One that is silent is left out after the connect timeout, and the
  /// others are tried anew.
  func connect(_ reactor: Reactor) throws -> Session {
    var hosts = settings.hosts
    while true {
      switch try attempt(hosts, reactor) {
      case .connected(let session): return session
      case .silent(let place):
        let silent = hosts[place]
        hosts.remove(at: place)
        guard hosts.isEmpty else { continue }
        let name = Self.name(silent)
        throw VectorStoreError(
          .unavailable, "no connection to PostgreSQL at \(name) within the connect timeout of \(timeout)",
          context: ["host": name])
      }
    }
  }

  private enum Outcome {
    case connected(Session)
    /// The number of the host that did not answer in time.
    case silent(Int)
  }

  private func attempt(_ hosts: [ConnectionSettings.Host], _ reactor: Reactor) throws -> Outcome {
    guard let handle = start(settings.parameters(with: hosts)) else {
      throw VectorStoreError(.unavailable, "there is no memory for a connection")
    }
    // The notices may come while connecting.
    let notices = NoticeLog(options.logger)
    notices.attach(to: handle)
    _ = PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
    var place = 0
    var deadline = ContinuousClock.now + timeout
    var status = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
    while status != PGRES_POLLING_OK {
      guard status != PGRES_POLLING_FAILED else {
        defer { PQfinish(handle) }
        throw failure(handle, hosts)
      }
      let current = Self.place(of: handle, in: hosts, after: place)
      if current != place { (place, deadline) = (current, .now + timeout) }
      guard Self.wait(PQsocket(handle), forReading: status == PGRES_POLLING_READING, until: deadline) else {
        PQfinish(handle)
        return .silent(place)
      }
      status = PQconnectPoll(handle)
    }
    return .connected(try finish(handle, reactor, notices))
  }

  private func start(_ parameters: [String: String]) -> OpaquePointer? {
    var parameters = parameters
    parameters["client_encoding"] = "UTF8"
    parameters["application_name"] = parameters["application_name"] ?? options.applicationName
    // The system's own would notice a dead peer after two hours.
    for (name, value) in [("keepalives_idle", "60"), ("keepalives_interval", "10"), ("keepalives_count", "3")] {
      parameters[name] = parameters[name] ?? value
    }
    if !options.isBehindPgBouncer {
      parameters["options"] = (parameters["options"].map { "\($0) " } ?? "") + "-c TimeZone=UTC -c DateStyle=ISO"
    }
    let names = parameters.keys.sorted()
    return CStringArray.with(names) { keywords in
      CStringArray.with(names.map { parameters[$0] ?? "" }) { values in PQconnectStartParams(keywords, values, 0) }
    }
  }

  private func finish(_ handle: OpaquePointer, _ reactor: Reactor, _ notices: NoticeLog) throws -> Session {
    _ = PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
    let endpoint = Self.endpoint(handle)
    guard let key = CancelKey(handle), PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
      PQfinish(handle)
      throw VectorStoreError(.unavailable, "the connection to PostgreSQL at \(endpoint) ended at once")
    }
    let session = Session(
      handle, cancelKey: key, reactor: reactor, notices: notices, endpoint: endpoint,
      keepsStatements: !options.isBehindPgBouncer)
    let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) }
    // In others some texts can't be stored, or are compared byte by byte.
    guard encoding == nil || encoding == "UTF8" else {
      throw VectorStoreError(
        .unsupported,
        "the database '\(PQdb(handle).map { String(cString: $0) } ?? "")' at \(endpoint) has the encoding \(encoding ?? ""); "
          + "make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0")
    }
    return session
  }

  private func failure(_ handle: OpaquePointer, _ hosts: [ConnectionSettings.Host]) -> VectorStoreError {
    let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
    let names = hosts.count == 1 ? Self.endpoint(handle) : hosts.map(Self.name).joined(separator: ", ")
    return ConnectMessage(message).error(names, wantedPassword: PQconnectionNeedsPassword(handle) == 1)
  }

  private static func name(_ host: ConnectionSettings.Host) -> String {
    "\(host.name ?? host.address ?? "the default host"):\(host.port ?? "5432")"
  }

  private static func endpoint(_ handle: OpaquePointer) -> String {
    let host = PQhost(handle).map { String(cString: $0) } ?? ""
    let port = PQport(handle).map { String(cString: $0) } ?? ""
    return "\(host):\(port)"
  }

  /// Which host libpq is at; it goes through them in order, and twice for `prefer-standby`.
  private static func place(of handle: OpaquePointer, in hosts: [ConnectionSettings.Host], after place: Int) -> Int {
    guard hosts.count > 1 else { return 0 }
    let name = PQhost(handle).map { String(cString: $0) } ?? ""
    let port = PQport(handle).map { String(cString: $0) } ?? ""
    let order = Array(hosts.indices[place...]) + Array(hosts.indices[..<place])
    return order.first { index in
      let host = hosts[index]
      return (host.name ?? host.address ?? name) == name && (host.port ?? port) == port
    } ?? place
  }

  private static func wait(_ socket: Int32, forReading: Bool, until deadline: ContinuousClock.Instant) -> Bool {
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return false }
      var entry = pollfd(fd: socket, events: Int16(forReading ? POLLIN : POLLOUT), revents: 0)
      if poll(&entry, 1, Int32(min(left / .milliseconds(1), 1e6)) + 1) > 0 { return true }
    }
  }
}
