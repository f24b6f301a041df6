// SPDX-License-Identifier: Apache-2.0

/// The page's script. Texts of documents are only ever put in as text.
enum PageScript {
  static let text = #"""
    "use strict";

    const at = (id) => document.getElementById(id);
    const make = (name, properties = {}, ...children) => {
      const element = Object.assign(document.createElement(name), properties);
      element.append(...children);
      return element;
    };

    // The key, until the tab is closed.
    const keys = {
      get current() { return sessionStorage.getItem("vectorstore-key"); },
      set current(key) { sessionStorage.setItem("vectorstore-key", key); },
      headers() { return this.current ? { "X-API-Key": this.current } : {}; },
    };

    let asking = null;
    function askForKey(message) {
      asking ??= new Promise((done, fail) => {
        const dialog = at("key-dialog");
        at("key-error").textContent = message;
        at("key").value = "";
        at("key-form").onsubmit = (event) => {
          const key = at("key").value.trim();
          if (/^[\x21-\x7e]+$/.test(key)) {
            keys.current = key;
            isGiven = true;
          } else {
            // No header can carry it.
            event.preventDefault();
            at("key-error").textContent = "A key has no spaces, and only letters of ASCII.";
          }
        };
        // Browsers let Escape close it whatever a page says.
        let isGiven = false;
        dialog.onclose = () => {
          asking = null;
          if (isGiven) done();
          else fail(new Error("The service wants its key: search again to give it."));
        };
        dialog.showModal();
      });
      return asking;
    }

    class Refusal extends Error {
      constructor(problem, status) {
        super(problem.detail ?? `the service answered ${status}`);
        this.problem = problem;
      }
    }

    async function call(path, options = {}) {
      for (;;) {
        const key = keys.current;
        const answer = await fetch(path, { ...options, headers: { ...options.headers, ...keys.headers() } });
        if (answer.status === 401) {
          if (keys.current === key) await askForKey(key ? "That is not the key." : "");
          continue;
        }
        const body = await answer.json().catch(() => ({}));
        if (!answer.ok) throw new Refusal(body, answer.status);
        return body;
      }
    }

    const post = (path, body, signal) =>
      call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });

    // Search

    let running = null;
    let likeID = null;

    function say(text, isError = false) {
      at("status").textContent = text;
      at("status").className = isError && text !== "" ? "error" : "quiet";
    }

    function searchRequest() {
      const request = { k: Number(at("k").value), highlight: true };
      if (likeID === null) request.query = at("query").value.trim();
      else request.like = likeID;
      if (at("hybrid").checked && likeID === null) request.hybrid = true;
      if (at("mmr").checked) request.mmr = true;
      const floor = at("floor").value;
      if (floor !== "") request.min_relevance = Number(floor);
      const filter = at("filter").value.trim();
      if (filter !== "") {
        try {
          request.filter = JSON.parse(filter);
        } catch {
          throw new Refusal({ code: "invalid_filter", detail: "The filter is no JSON yet." });
        }
      }
      return request;
    }

    async function search() {
      running?.abort();
      const control = new AbortController();
      running = control;
      at("filter-error").textContent = "";
      at("filter").removeAttribute("aria-invalid");
      if (likeID === null && at("query").value.trim() === "") {
        at("results").replaceChildren();
        say("");
        return;
      }
      const start = performance.now();
      try {
        const answer = await post("search", searchRequest(), control.signal);
        if (running !== control) return;
        const time = Math.max(1, Math.round(performance.now() - start));
        const hits = answer.results;
        const what = likeID === null ? "" : ` like ${likeID}`;
        say(hits.length === 0 ? "Nothing found" : `${hits.length} ${hits.length === 1 ? "result" : "results"}${what}, ${time} ms`);
        at("results").replaceChildren(...hits.map(show));
        // The key may have been given only now.
        if (at("summary").textContent === "") showStatistics().catch((error) => say(error.message, true));
      } catch (error) {
        if (error.name === "AbortError" || running !== control) return;
        const isFilter = error.problem?.code === "invalid_filter";
        if (isFilter) at("filter-error").textContent = error.message;
        say(isFilter ? "" : error instanceof TypeError ? "The service cannot be reached." : error.message, true);
        if (isFilter) at("filter").setAttribute("aria-invalid", "true");
        at("results").replaceChildren();
      }
    }

    function marked(text, matches) {
      const parts = [];
      let place = 0;
      for (const [from, to] of matches ?? []) {
        parts.push(text.slice(place, from), make("mark", { textContent: text.slice(from, to) }));
        place = to;
      }
      parts.push(text.slice(place));
      return parts;
    }

    function scoreLine(hit, place) {
      const relevance = hit.relevance ?? 0;
      const fill = make("span", { className: "fill" });
      fill.style.width = `${Math.round(relevance * 100)}%`;
      const track = make("span", { className: "track" }, fill);
      track.setAttribute("aria-hidden", "true");
      const texts = [`${place + 1}. ${hit.relevance === null ? "no relevance" : `relevance ${relevance.toFixed(3)}`}`];
      if (hit.score != null) texts.push(`score ${hit.score.toFixed(4)}`);
      return make("div", { className: "score" }, make("span", { textContent: texts.join(" · ") }), track);
    }

    // A "$" begins what is no key of the metadata, a dot leads into an object.
    const filterKey = (key) => key.replaceAll("\\", "\\\\").replaceAll(".", "\\.").replace(/^\$/, "\\$");

    // Whole numbers beyond 2⁵³ are not what JavaScript reads of them.
    const isPlain = (value) =>
      ["string", "boolean"].includes(typeof value) || (typeof value === "number" && (Number.isSafeInteger(value) || !Number.isInteger(value)));

    function chips(metadata) {
      return Object.entries(metadata)
        .filter(([key, value]) => isPlain(value) && !["chunk", "start_index"].includes(key))
        .filter(([, value]) => String(value).length <= 80)
        .slice(0, 8)
        .map(([key, value]) => {
          const chip = make("button", { type: "button", className: "chip", textContent: `${key}: ${value}` });
          chip.title = "Only documents like this";
          chip.onclick = () => {
            at("filter").value = JSON.stringify({ [filterKey(key)]: value });
            search();
          };
          return chip;
        });
    }

    function show(hit, place) {
      const metadata = hit.metadata;
      const headings = Array.isArray(metadata.heading_path) ? metadata.heading_path.join(" › ") : "";
      const title = [metadata.source ?? metadata.title ?? hit.id, headings].filter(Boolean).join(" › ");
      const text = make("p", { className: "text", dir: "auto" }, ...marked(hit.content, hit.matches));
      const foot = make("div", { className: "foot" });
      if (hit.content.length > 700 || hit.content.split("\n").length > 8) {
        text.classList.add("short");
        const more = make("button", { type: "button", className: "plain", textContent: "Show all" });
        more.setAttribute("aria-expanded", "false");
        more.onclick = () => {
          const isShort = text.classList.toggle("short");
          more.textContent = isShort ? "Show all" : "Show less";
          more.setAttribute("aria-expanded", String(!isShort));
        };
        foot.append(more);
      }
      const like = make("button", { type: "button", className: "plain", textContent: "More like this" });
      like.onclick = () => {
        likeID = hit.id;
        search();
        at("results").focus();
      };
      foot.append(like, ...chips(metadata));
      return make("li", {}, scoreLine(hit, place), make("div", { className: "title", dir: "auto", textContent: title }), text, foot);
    }

    let timer = 0;
    function soon() {
      clearTimeout(timer);
      timer = setTimeout(search, 160);
    }

    // Files

    function upload(file, item) {
      return new Promise((done) => {
        const bar = item.querySelector("progress");
        const note = make("p", { className: "quiet", textContent: "sending" });
        item.append(note);
        const request = new XMLHttpRequest();
        request.open("POST", `files?name=${encodeURIComponent(file.webkitRelativePath || file.name)}`);
        request.setRequestHeader("Content-Type", "application/octet-stream");
        for (const [name, value] of Object.entries(keys.headers())) request.setRequestHeader(name, value);
        request.upload.onprogress = (event) => {
          if (event.lengthComputable) bar.value = (event.loaded / event.total) * 0.95;
          if (event.loaded === event.total) note.textContent = "reading and embedding";
        };
        const end = (text, isError) => {
          bar.value = isError ? 0 : 1;
          note.textContent = text;
          note.className = isError ? "error" : "quiet";
          done();
        };
        request.onerror = () => end("it could not be sent", true);
        request.onload = () => {
          let answer = {};
          try { answer = JSON.parse(request.responseText); } catch { /* no answer of ours */ }
          if (request.status !== 200) return end(answer.detail ?? `the service answered ${request.status}`, true);
          const counts = ["added", "updated", "skipped", "deleted"].filter((name) => answer[name] > 0);
          end(counts.map((name) => `${answer[name]} ${name === "skipped" ? "unchanged" : name}`).join(", ") || "no text", false);
        };
        request.send(file);
      });
    }

    async function uploadAll(files) {
      const list = [...files].map((file) => {
        const bar = make("progress", { max: 1, value: 0 });
        bar.setAttribute("aria-label", `Progress of ${file.name}`);
        const item = make("li", {}, make("span", { textContent: file.name }), bar);
        at("uploads").append(item);
        return [file, item];
      });
      for (const [file, item] of list) await upload(file, item);
      await showStatistics().catch((error) => say(error.message, true));
      search();
    }

    // Statistics

    const bytes = (count) => {
      const units = ["bytes", "KB", "MB", "GB", "TB"];
      let place = 0;
      while (count >= 1000 && place < 4) { count /= 1000; place += 1; }
      return `${count.toLocaleString("en", { maximumFractionDigits: place ? 1 : 0 })} ${units[place]}`;
    };

    async function showStatistics() {
      const all = await call("stats");
      const index = all.index;
      const count = all.count.toLocaleString("en");
      at("summary").textContent = `${count} ${all.count === 1 ? "document" : "documents"}${all.model ? `, ${all.model}` : ""}`;
      const rows = [["Documents", count]];
      if (all.model) rows.push(["Model", all.model]);
      if (all.embedder) rows.push(["Embedder", all.embedder]);
      if (all.dimension) rows.push(["Vectors", `${all.dimension} dimensions, ${all.metric}${all.normalized ? ", normalized" : ""}`]);
      if (all.bytes) rows.push(["On disk", bytes(all.bytes)]);
      rows.push(["Index", [index.type, index.state, index.m && `m ${index.m}`, index.bytes && bytes(index.bytes)].filter(Boolean).join(", ")]);
      rows.push(["Access", all.service.read_only ? "reading only" : "reading and writing"]);
      at("statistics").replaceChildren(
        ...rows.flatMap(([name, value]) => [make("dt", { textContent: name }), make("dd", { textContent: value })]));
      at("files").hidden = !all.service.files;
      // A link carries no key.
      at("api").hidden = keys.current !== null;
      if (!all.service.embedder) say("The service has no embedder: it answers vectors, not texts.");
    }

    // What happens when

    at("search").addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      likeID = null;
      search();
    });
    at("query").addEventListener("input", () => { likeID = null; soon(); });
    for (const id of ["filter", "floor"]) at(id).addEventListener("input", soon);
    for (const id of ["hybrid", "mmr", "k"]) at(id).addEventListener("change", search);
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.matches?.("input, select, textarea");
      if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        at("query").focus();
      }
    });
    at("upload").addEventListener("change", (event) => {
      uploadAll(event.target.files);
      event.target.value = "";
    });
    const drop = at("drop");
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); uploadAll(event.dataTransfer.files); });

    const asked = new URLSearchParams(location.search).get("q");
    if (asked) at("query").value = asked;
    showStatistics().catch((error) => say(error.message, true));
    if (asked) search();
    """#
}
