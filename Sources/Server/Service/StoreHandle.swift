// SPDX-License-Identifier: Apache-2.0

public import ServiceLifecycle
import Synchronization
public import VectorStoreCore

/// A store as a part of an application's life: as a `Service` it is opened when the application starts, and closed when it
/// has stopped.
///
/// ```swift
/// let handle = StoreHandle { try await VectorStore.open(url, backends: [LocalBackend.self], embedder: embedder) }
/// VectorStoreRoutes(handle).add(to: router.group("notes"))
/// let application = Application(router: router, services: [handle])
/// ```
///
/// An application stops its services in the reverse order, so requests in flight are answered before the store is closed.
public final class StoreHandle: Service {
  private enum State {
    case closed
    case open(VectorStore)
    case waiting([CheckedContinuation<Void, Never>])
  }

  private let opening: @Sendable () async throws -> VectorStore
  private let state: Mutex<State>

  /// A store that is opened when the service starts.
  public init(opening: @escaping @Sendable () async throws -> VectorStore) {
    self.opening = opening
    state = Mutex(.waiting([]))
  }

  /// A store that is open. Run as a service, it closes it at the end; otherwise whoever has opened it does.
  public init(_ store: VectorStore) {
    opening = { store }
    state = Mutex(.open(store))
  }

  /// The store.
  ///
  /// - Throws: ``VectorStoreError/Code/unavailable`` before it is open and after it was closed.
  public var store: VectorStore {
    get throws {
      guard case .open(let store) = state.withLock({ $0 }) else {
        throw VectorStoreError(.unavailable, "the store is not open")
      }
      return store
    }
  }

  /// Opens the store, waits until the application stops, and closes it.
  ///
  /// - Throws: what opening and closing throw.
  public func run() async throws {
    let store: VectorStore
    do {
      store = try await opening()
    } catch {
      become(.closed)
      throw error
    }
    become(.open(store))
    try? await gracefulShutdown()
    become(.closed)
    try await store.close()
  }

  /// Waits until the store is open.
  ///
  /// - Throws: ``VectorStoreError/Code/unavailable`` where it could not be opened.
  public func opened() async throws {
    await withCheckedContinuation { continuation in
      let waits = state.withLock { state in
        guard case .waiting(let others) = state else { return false }
        state = .waiting(others + [continuation])
        return true
      }
      if !waits { continuation.resume() }
    }
    _ = try store
  }

  private func become(_ next: State) {
    let waiting = state.withLock { state in
      defer { state = next }
      if case .waiting(let continuations) = state { return continuations }
      return []
    }
    for continuation in waiting { continuation.resume() }
  }
}
