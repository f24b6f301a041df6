# SPDX-License-Identifier: Apache-2.0
"""The page of `vectorstore serve` in headless Chromium: what a person does, with mouse and keyboard, in light and dark."""

import argparse
import os
import tempfile

from browser import chromium
from service import running

TEXTS = [
    ("HNSW walks a graph of near neighbours, layer by layer, and finds most of them.", {"year": 2016, "source": "graphs.md", "title": "Graphs"}),
    ("IVFFlat compares the vectors of a few lists, those whose centres are nearest.", {"year": 2003, "source": "lists.md"}),
    ("向量数据库的备份可以在使用时进行。", {"source": "备份.md", "lang": "zh"}),
    ("<b>markup</b> in a text is text: <img src=x onerror=alert(1)> graph", {"source": "<i>evil</i>.md"}),
] + [(f"Passage {n} on keeping a graph of documents tidy. " + "More of the same follows here. " * 40, {"source": f"notes/{n}.md", "year": 2000 + n}) for n in range(12)]


def check(page, service, pictures: str | None):
    page.size(1000, 1300)
    page.go(service.url + "/")
    page.wait("document.getElementById('summary').textContent.startsWith('16 documents')", "statistics")
    assert page.run("document.activeElement.id") == "query", "the question has the focus"
    page.type("graph neighbours")
    page.wait("document.querySelectorAll('#results > li').length >= 5", "results while typing")
    page.wait("document.querySelectorAll('#results mark').length > 1", "marked words")
    assert page.run("document.querySelector('#results .fill').style.width !== ''"), "scores are drawn"
    assert not page.run("document.querySelector('#results img, #results b, #results i')"), "texts are no markup"
    assert "result" in page.run("document.getElementById('status').textContent")
    if pictures:
        for scheme in ("light", "dark"):
            page.scheme(scheme)
            page.picture(os.path.join(pictures, f"page-{scheme}.png"))
        page.size(400, 900)
        page.picture(os.path.join(pictures, "page-narrow.png"))
        page.size(1000, 1300)
    # Keyboard: the filter, the switch.
    page.run("document.getElementById('filter').focus()")
    page.type('{"year": {"$lt":')
    page.wait("document.getElementById('filter-error').textContent !== ''", "an unfinished filter is said")
    page.type(' 2010}}')
    page.wait("document.getElementById('filter-error').textContent === '' && document.querySelectorAll('#results > li').length > 0", "a filter")
    page.run("document.getElementById('filter').value = '{\"year\": {\"$nope\": 1}}'; document.getElementById('filter').dispatchEvent(new Event('input'))")
    page.wait("document.getElementById('filter-error').textContent.includes('$nope')", "the service's word on a bad filter")
    page.run("document.getElementById('filter').value = ''; document.getElementById('filter').dispatchEvent(new Event('input'))")
    page.run("document.getElementById('hybrid').focus()")
    page.press(" ", " ", "Space", 32)
    page.wait("document.getElementById('hybrid').checked && document.querySelector('#results .score')?.textContent.includes('score')", "hybrid by keyboard")
    page.run("document.activeElement.blur()")
    page.press("/", "/", "Slash", 191)
    assert page.run("document.activeElement.id") == "query", "a slash goes to the question"
    page.run("[...document.querySelectorAll('#results button')].find((b) => b.textContent === 'More like this').click()")
    page.wait("document.getElementById('status').textContent.includes(' like ')", "more like this")
    # Files.
    with tempfile.TemporaryDirectory() as folder:
        good, bad = os.path.join(folder, "uploaded.md"), os.path.join(folder, "broken.pdf")
        with open(good, "w") as file:
            file.write("# Zebras\n\nZebras are striped.\n")
        with open(bad, "wb") as file:
            file.write(b"%PDF-broken")
        root = page.call("DOM.getDocument")["root"]["nodeId"]
        node = page.call("DOM.querySelector", nodeId=root, selector="#upload")["nodeId"]
        page.call("DOM.setFileInputFiles", nodeId=node, files=[good, bad])
        page.wait("document.querySelector('#uploads').textContent.includes('1 added')", "an uploaded file")
        page.wait("document.querySelectorAll('#uploads .error').length === 1", "a file that cannot be read")
    page.wait("document.getElementById('summary').textContent.startsWith('17 documents')", "statistics after the upload")
    # Everything that can be used has a name for a screen reader.
    nameless = [
        node for node in page.call("Accessibility.getFullAXTree")["nodes"]
        if node.get("role", {}).get("value") in ("button", "textbox", "searchbox", "switch", "combobox", "spinbutton", "progressbar", "list", "link")
        and not node.get("ignored") and not node.get("name", {}).get("value")]
    assert not nameless, nameless
    if pictures:
        page.run("window.scrollTo(0, document.body.scrollHeight)")
        for scheme in ("light", "dark"):
            page.scheme(scheme)
            page.picture(os.path.join(pictures, f"page-end-{scheme}.png"))
    unexpected = [message for message in page.messages if "400" not in message and "422" not in message]
    assert not unexpected, unexpected


def check_key(page, service):
    page.go(service.url + "/?q=graph")
    page.wait("document.getElementById('key-dialog').open", "the key is asked for")
    page.type("wrong")
    page.press("Enter", "\r", "Enter", 13)
    page.wait("document.getElementById('key-error').textContent !== ''", "a wrong key is said")
    page.type("s3cret")
    page.press("Enter", "\r", "Enter", 13)
    page.wait("document.getElementById('summary').textContent.includes('0 documents')", "the right key")
    assert page.run("Object.keys(localStorage).length") == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--command", required=True)
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("--pictures", help="a folder for pictures of the page")
    options = parser.parse_args()
    with chromium(options.chromium) as page:
        with running(options.command, "--store", "memory:", "--embedder", "hashing:512") as service:
            status, _ = service.call("POST", "/documents", [{"content": text, "metadata": metadata} for text, metadata in TEXTS])
            assert status == 200
            check(page, service, options.pictures)
        with running(options.command, "--store", "memory:", "--embedder", "hashing:64",
                     environment={"VECTORSTORE_SERVER_KEY": "s3cret"}) as service:
            check_key(page, service)
    print("the page works in Chromium")


if __name__ == "__main__":
    main()
