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
    ("Metadata that JavaScript and filters read in their own way: zebra", {"$odd": "x", "a.b": 1, "large": 9007199254740993}),
    ("<b>markup</b> in a text is text: <img src=x onerror=alert(1)> graph", {"source": "<i>evil</i>.md"}),
] + [(f"Passage {n} on keeping a graph of documents tidy. " + "More of the same follows here. " * 40, {"source": f"notes/{n}.md", "year": 2000 + n}) for n in range(12)]


def check(page, service, pictures: str | None):
    page.size(1000, 1300)
    page.go(service.url + "/")
    page.wait("document.getElementById('summary').textContent.startsWith('17 documents')", "statistics")
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
    assert page.run("document.getElementById('status').textContent") == "", "no count beside an error"
    page.run("document.getElementById('filter').value = ''; document.getElementById('filter').dispatchEvent(new Event('input'))")
    page.wait("[...document.querySelectorAll('.chip')].some((chip) => chip.textContent.startsWith('year'))", "results without the filter")
    check_chips(page)
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
    page.wait("document.getElementById('summary').textContent.startsWith('18 documents')", "statistics after the upload")
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


def check_chips(page):
    """What a click on a piece of metadata asks for is found."""
    search = "document.getElementById('query').value = '{0}'; document.getElementById('search').requestSubmit()"
    page.run(search.format("zebra metadata"))
    page.wait("[...document.querySelectorAll('.chip')].some((chip) => chip.textContent.startsWith('$odd'))", "the document with odd metadata")
    assert not page.run("[...document.querySelectorAll('.chip')].some((chip) => chip.textContent.startsWith('large'))"), "a number that JavaScript cannot read"
    for name in ("$odd", "a.b"):
        page.run(f"[...document.querySelectorAll('.chip')].find((chip) => chip.textContent.startsWith('{name}')).click()")
        page.wait("document.getElementById('status').textContent.startsWith('1 result')", f"the filter of {name}")
    page.run("document.getElementById('filter').value = ''")
    page.run(search.format("graph neighbours"))
    page.wait("document.querySelectorAll('#results > li').length >= 5", "the first results again")


def check_gone(page):
    page.run("document.getElementById('query').value = 'zebra'; document.getElementById('search').requestSubmit()")
    page.wait("document.getElementById('status').className === 'error' && document.getElementById('status').textContent.includes('cannot be reached')", "a service that is gone is said")


def check_key(page, service):
    page.go(service.url + "/?q=graph")
    page.wait("document.getElementById('key-dialog').open", "the key is asked for")
    page.press("Escape", "\x1b", "Escape", 27)
    page.wait("!document.getElementById('key-dialog').open && document.getElementById('status').textContent.includes('key')", "no key is given")
    page.run("document.getElementById('search').requestSubmit()")
    page.wait("document.getElementById('key-dialog').open", "the key is asked for again")
    page.type("ключ")
    page.press("Enter", "\r", "Enter", 13)
    page.wait("document.getElementById('key-dialog').open && document.getElementById('key-error').textContent.includes('ASCII')", "a key that no header carries")
    page.run("document.getElementById('key').value = ''")
    page.type("wrong")
    page.press("Enter", "\r", "Enter", 13)
    page.wait("document.getElementById('key-error').textContent.includes('not the key')", "a wrong key")
    page.type("s3cret")
    page.press("Enter", "\r", "Enter", 13)
    page.wait("document.getElementById('summary').textContent.includes('0 documents')", "the right key")
    assert page.run("Object.keys(localStorage).length") == 0
    assert page.run("document.getElementById('api').hidden"), "a link that carries no key"


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
        check_gone(page)
        with running(options.command, "--store", "memory:", "--embedder", "hashing:64",
                     environment={"VECTORSTORE_SERVER_KEY": "s3cret"}) as service:
            check_key(page, service)
    print("the page works in Chromium")


if __name__ == "__main__":
    main()
