// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// Answers paths that no route has.
struct NothingHere<Context: RequestContext>: RouterMiddleware {
  let pipeline: RequestPipeline

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      return await pipeline.answerNothing(request, logger: context.logger)
    }
  }
}
