# SPDX-License-Identifier: Apache-2.0
"""The peers' virtual environment and the two builds of the Swift command."""

import platform
import shutil
import subprocess
import sys

from driver.log import say
from driver.paths import NATIVE_BUILD, REQUIREMENTS, ROOT, VENV

_PRODUCT = "vectorstore-bench"
_NATIVE_FLAGS = ("-Xcc", "-march=native") if platform.machine() == "x86_64" else ()
_BUILD_FLAGS = {"native": ("--scratch-path", str(NATIVE_BUILD), *_NATIVE_FLAGS), "baseline": ()}


def prepare_venv():
    """The Python with the peers in it. A peer that can't be installed is named and left out later."""
    python = VENV / "bin" / "python"
    marker = VENV / "installed-requirements.txt"
    wanted = REQUIREMENTS.read_text()
    if marker.is_file() and marker.read_text() == wanted:
        return python
    if not python.exists():
        say("making the virtual environment of the peers")
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    say("installing the peers (hnswlib is compiled)")
    if _pip(python, "-r", str(REQUIREMENTS)):
        marker.write_text(wanted)
        return python
    say("they can't be installed together; one by one now")
    for line in wanted.splitlines():
        if line and not line.startswith("#") and not _pip(python, line):
            say(f"NOT INSTALLED: {line}")
    return python


def _pip(python, *arguments):
    return (
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments], check=False).returncode
        == 0
    )


def swift_binaries(variants, build):
    """The command's path for each variant that can be had. With `build` false, what was built before is used."""
    if not (ROOT / "Package.swift").is_file() or not shutil.which("swift"):
        say("no Swift engine: there is no Package.swift, or no swift on the PATH")
        return {}
    paths = {variant: swift_binary(variant, build) for variant in variants}
    return {variant: path for variant, path in paths.items() if path}


def swift_binary(variant, build, product=_PRODUCT):
    """A command's path; None, with a message, where it can't be built or isn't there."""
    command = ["swift", "build", "-c", "release", "--product", product, *_BUILD_FLAGS[variant]]
    if build:
        say(f"building {product} ({variant})")
        built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if built.returncode:
            say(f"no {product} in the {variant} build; its compiler's last words:\n" + "\n".join(built.stdout.splitlines()[-8:]))
            return None
    folder = subprocess.run([*command, "--show-bin-path"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    binary = shutil.which(product, path=folder) if folder else None
    if not binary:
        say(f"no {product} in the {variant} build")
    return binary
