// SPDX-License-Identifier: Apache-2.0

import Hummingbird
public import Logging
import NIOCore
public import ServiceLifecycle
import VectorStoreCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension VectorStoreRoutes {
  /// Serves the routes until the task is cancelled: for a program that does nothing else.
  ///
  /// Cancelling stops gracefully: no more connections, requests in flight are answered, for `grace` at most; then the
  /// services stop, among them the ``StoreHandle`` where it was given. No signals are listened to.
  ///
  /// - Parameters:
  ///   - host: the address, a name or a number of IPv4 or IPv6.
  ///   - port: the port; 0 takes a free one.
  ///   - services: what lives as long as the service.
  ///   - onListening: hears of the port.
  /// - Throws: ``VectorStoreError/Code/io`` where it cannot listen there, and what the services throw.
  public func serve(
    host: String = "127.0.0.1", port: Int = 8080, services: [any Service] = [], grace: Duration = .seconds(30),
    logger: Logger = Logger(label: "vectorstore"),
    onListening: @escaping @Sendable (_ port: Int?) async -> Void = { _ in }
  ) async throws {
    let application = application(
      .hostname(host, port: port), services: services, logger: logger, onListening: onListening)
    var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
    configuration.maximumGracefulShutdownDuration = grace
    let group = ServiceGroup(configuration: configuration)
    // A task of its own: cancelling it would break off the requests in flight.
    let running = Task { try await group.run() }
    do {
      try await withTaskCancellationHandler {
        try await running.value
      } onCancel: {
        Task { await group.triggerGracefulShutdown() }
      }
    } catch let error as IOError {
      throw VectorStoreError(.io, "cannot listen at \(host), port \(port): \(Self.reason(error))")
    } catch let error as SocketAddressError {
      throw VectorStoreError(.io, "cannot listen at \(host), port \(port): \(error)")
    }
  }

  private static func reason(_ error: IOError) -> String { String(cString: strerror(error.errnoCode)) }
}
