// SPDX-License-Identifier: Apache-2.0

public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

extension VectorStoreRoutes {
  /// An application that serves these routes, and nothing else.
  ///
  /// Short requests run on the threads of their connections, and so does what the embedder does in the caller's task: one of
  /// your own that computes long does so on threads of its own, as those of the library do.
  ///
  /// It does not listen before the store is open. Put the ``StoreHandle`` among the services where the application is to
  /// open and close the store.
  ///
  /// - Parameters:
  ///   - address: where it listens; this machine, port 8080, unless said otherwise. Port 0 takes a free one.
  ///   - services: what lives as long as the application.
  ///   - onListening: hears of the port.
  public func application(
    _ address: BindAddress = .hostname("127.0.0.1", port: 8080), services: [any Service] = [],
    logger: Logger = Logger(label: "vectorstore"),
    onListening: @escaping @Sendable (_ port: Int?) async -> Void = { _ in }
  ) -> some ApplicationProtocol {
    let (limits, clients) = (service.limits, service.pipeline.clients)
    let router = Router(context: ServiceContext.self)
    router.add(middleware: NothingHere(pipeline: service.pipeline))
    add(to: router)
    let connections = HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionGuard(bodyBytes: limits.bodyBytes, clients: clients)],
      idleTimeout: .nanoseconds(Int64(limits.idleTimeout.seconds * 1e9)),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 32 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 128))
    var application = Application(
      router: router,
      server: HTTPServerBuilder { responder in
        LoopBoundChannel(channel: HTTP1Channel(responder: responder, configuration: connections), clients: clients)
      },
      configuration: ApplicationConfiguration(
        address: address, backlog: 1_024,
        availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
      services: services, onServerRunning: { await onListening($0.localAddress?.port) }, logger: logger)
    application.beforeServerStarts { [handle = service.handle] in try await handle.opened() }
    return application
  }
}
