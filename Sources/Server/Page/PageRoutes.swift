// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The page, which asks the routes beside it.
struct PageRoutes: Sendable {
  var routes: [Route] {
    [
      part("/", "page", "The page", "text/html", PageMarkup.html),
      part("/app.js", "pageScript", "The page's script", "text/javascript", PageScript.text),
      part("/app.css", "pageStyle", "The page's style", "text/css", PageStyle.text),
    ]
  }

  private func part(_ path: String, _ name: String, _ summary: String, _ type: String, _ text: String) -> Route {
    Route(
      method: .get, path: path, name: name, summary: summary, tag: "page", access: .everyone, work: .light,
      answer: Route.Answer(type: type, about: summary)
    ) { request in
      // What the page names beside it would be looked for one level above.
      if path == "/", !request.path.hasSuffix("/"), let name = request.path.split(separator: "/").last {
        return APIResponse(status: .permanentRedirect, headers: [.location: "\(name)/"])
      }
      var response = APIResponse.text(text, type: "\(type); charset=utf-8")
      response.headers[.cacheControl] = "no-cache"
      return response
    }
  }
}
