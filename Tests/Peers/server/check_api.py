# SPDX-License-Identifier: Apache-2.0
"""The service beside other people's programs: OpenAI's client, schemathesis over /openapi.json, and the curl lines of the
README as they stand."""

import argparse
import math
import os
import re
import subprocess
import sys
import tempfile

import openai

from service import running


def check_openai(command: str):
    with running(command, "--store", "memory:", "--embedder", "hashing:64",
                 environment={"VECTORSTORE_SERVER_KEY": "k3y"}) as service:
        client = openai.OpenAI(base_url=service.url + "/v1", api_key="k3y", max_retries=0)
        model = client.models.list().data[0].id
        texts = ["a graph of neighbours", "lists of vectors"]
        # The client asks for base64 unless told otherwise, and decodes it.
        encoded = client.embeddings.create(model=model, input=texts)
        plain = client.embeddings.create(model=model, input=texts, encoding_format="float")
        for a, b in zip(encoded.data, plain.data, strict=True):
            assert len(a.embedding) == 64 and math.isclose(sum(x * x for x in a.embedding), 1, rel_tol=1e-5)
            assert all(math.isclose(x, y, rel_tol=1e-6, abs_tol=1e-9) for x, y in zip(a.embedding, b.embedding, strict=True))
        for attempt, kind in (
            (lambda: client.embeddings.create(model="another", input="a"), openai.NotFoundError),
            (lambda: client.embeddings.create(model=model, input=[]), openai.UnprocessableEntityError),
            (lambda: openai.OpenAI(base_url=service.url + "/v1", api_key="no", max_retries=0).models.list(), openai.AuthenticationError),
        ):
            try:
                attempt()
            except kind as error:
                assert error.body["message"] and error.body["code"], error.body
            else:
                raise AssertionError(f"no {kind.__name__}")
    print(f"openai {openai.__version__}: vectors in base64 and as numbers agree; errors are understood")


def check_schema(command: str, examples: int):
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "fuzzed.db")
        with running(command, "--store", store, "--embedder", "hashing:64", "--timeout", "20") as service:
            service.call("POST", "/documents", [{"id": "a", "content": "a graph", "metadata": {"year": 2016}}])
            result = subprocess.run(
                [os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", service.url + "/openapi.json",
                 "--url", service.url, "--max-examples", str(examples), "--seed", "7", "--no-color",
                 "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method"],
                capture_output=True, text=True, cwd=folder)
            print("\n".join(result.stdout.strip().splitlines()[-12:]))
            if result.returncode != 0:
                print(result.stdout[-8000:])
                raise SystemExit("schemathesis found something")
            assert service.call("GET", "/readyz")[0] == 200
        verified = subprocess.run([command, "verify", "--store", store, "--json"], capture_output=True, text=True)
        assert verified.returncode == 0, verified.stdout


def check_readme(command: str, readme: str):
    """Runs the lines between the marks, against a service at the port that they name."""
    with open(readme, encoding="utf-8") as file:
        text = file.read()
    part = text.split("<!-- serve:begin -->")[1].split("<!-- serve:end -->")[0]
    lines = re.search(r"```console\n(.*?)```", part, re.S)[1].strip().splitlines()
    shown: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("$ "):
            shown.append((line[2:], []))
        else:
            shown[-1][1].append(line)
    serve, *rest = shown
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.abspath(command), os.path.join(folder, "vectorstore"))
        environment = {k: v for k, v in os.environ.items() if not k.startswith("VECTORSTORE_")}
        environment["PATH"] = folder + os.pathsep + environment["PATH"]
        process = subprocess.Popen(
            ["bash", "-c", "exec " + serve[0].rstrip("& ")], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
        try:
            said = process.stderr.readline().strip()
            assert said == serve[1][0], (said, serve[1])
            for line, expected in rest:
                result = subprocess.run(["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True)
                assert result.returncode == 0, (line, result)
                # What the README leaves out stands as "…"; what it shows has to be there, in that order.
                pattern = ".*".join(re.escape(piece.strip()) for piece in "\n".join(expected).split("…"))
                assert re.fullmatch(pattern, result.stdout.strip(), re.S), (line, result.stdout[:600])
        finally:
            process.terminate()
            process.wait(40)
    print(f"README: {len(rest)} lines answer as they stand")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--command", required=True)
    parser.add_argument("--readme", required=True)
    parser.add_argument("--examples", type=int, default=25)
    options = parser.parse_args()
    check_openai(options.command)
    check_readme(options.command, options.readme)
    check_schema(options.command, options.examples)


if __name__ == "__main__":
    main()
