// SPDX-License-Identifier: Apache-2.0

/// The page's markup.
enum PageMarkup {
  static let html = #"""
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>vectorstore</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="app.css">
    <script src="app.js" defer></script>
    </head>
    <body>
    <a class="skip" href="#results">Skip to results</a>
    <header>
      <h1>vectorstore</h1>
      <p id="summary" class="quiet"></p>
    </header>
    <main>
      <form id="search" role="search">
        <label for="query">What are you looking for?</label>
        <div class="line">
          <input id="query" type="search" autocomplete="off" spellcheck="false" autofocus aria-describedby="status"
            aria-keyshortcuts="/">
          <button type="submit">Search</button>
        </div>
        <div class="options">
          <label class="switch"><input id="hybrid" type="checkbox" role="switch"> Keywords too</label>
          <label class="switch"><input id="mmr" type="checkbox" role="switch"> Diverse</label>
          <label>Results <select id="k"><option>5</option><option selected>10</option><option>25</option><option>50</option></select></label>
          <label>Least relevance <input id="floor" type="number" min="0" max="1" step="0.05" placeholder="0"></label>
        </div>
        <label for="filter">Filter <span class="quiet">JSON, such as {"year": {"$gte": 2020}}</span></label>
        <input id="filter" class="code" autocomplete="off" spellcheck="false" aria-describedby="filter-error">
        <p id="filter-error" class="error" role="alert"></p>
      </form>
      <p id="status" class="quiet" role="status" aria-live="polite"></p>
      <ol id="results" tabindex="-1" aria-label="Results"></ol>
      <section id="files" aria-labelledby="files-title" hidden>
        <h2 id="files-title">Add files</h2>
        <div id="drop">
          <label for="upload">Choose files, or drop them here</label>
          <input id="upload" type="file" multiple aria-describedby="files-kinds">
          <p id="files-kinds" class="quiet">Text, Markdown, HTML, JSON Lines, CSV, TSV, and PDF where the service can read it.</p>
        </div>
        <ul id="uploads" aria-label="Uploads" aria-live="polite"></ul>
      </section>
      <section aria-labelledby="store-title">
        <h2 id="store-title">Store</h2>
        <dl id="statistics"></dl>
        <p id="api" class="quiet"><a href="openapi.json">API description</a></p>
      </section>
    </main>
    <dialog id="key-dialog" aria-labelledby="key-title">
      <form id="key-form" method="dialog">
        <h2 id="key-title">This service has a key</h2>
        <label for="key">Key <span class="quiet">kept until this tab is closed</span></label>
        <input id="key" type="password" autocomplete="off" required>
        <p id="key-error" class="error" role="alert"></p>
        <button type="submit">Continue</button>
      </form>
    </dialog>
    <noscript><p class="error">This page needs JavaScript; the API does not.</p></noscript>
    </body>
    </html>
    """#
}
