# SPDX-License-Identifier: Apache-2.0
"""What the numbers were measured on, and how much memory a process holds. Standard library only."""

import os
import platform
import resource
import subprocess
import sys
from pathlib import Path


def describe_machine():
    """Processor, cores, memory and system, without anything that names the machine."""
    return {
        "cpu": _cpu_name(),
        "arch": platform.machine(),
        "cores": os.cpu_count(),
        "simd": _simd(),
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "caches": _caches(),
        "system": _system(),
        "kernel": platform.system() + " " + platform.release().split("-")[0],
        "python": platform.python_version(),
        "transparent_huge_pages": _bracketed(_read("/sys/kernel/mm/transparent_hugepage/enabled")),
    }


def resident_bytes():
    """This process's resident memory as {"total", "anonymous", "file"}; on systems without /proc the peak, as "total"."""
    status = _read("/proc/self/status")
    if not status:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {"total": peak if sys.platform == "darwin" else peak * 1024, "anonymous": None, "file": None}
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    kilobytes = {name: int(fields[name].split()[0]) for name in ("VmRSS", "RssAnon", "RssFile")}
    return {name: kilobytes[field] * 1024 for name, field in (("total", "VmRSS"), ("anonymous", "RssAnon"), ("file", "RssFile"))}


def _cpu_name():
    for line in _read("/proc/cpuinfo").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return _output(["sysctl", "-n", "machdep.cpu.brand_string"]) or platform.processor() or "unknown"


def _simd():
    for line in _read("/proc/cpuinfo").splitlines():
        if line.startswith("flags"):
            flags = set(line.split())
            return [name for name in ("avx2", "fma", "avx512f", "avx512_vnni", "avx_vnni") if name in flags]
    return []


def _caches():
    """The first core's caches as {"L2": "1024K", …}."""
    caches = {}
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        if (kind := _read(index / "type").strip()) != "Instruction":
            caches["L" + _read(index / "level").strip() + ("d" if kind == "Data" else "")] = _read(index / "size").strip()
    return caches


def _system():
    for line in _read("/etc/os-release").splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.split("=", 1)[1].strip().strip('"')
    return platform.platform(terse=True)


def _bracketed(text):
    return text[text.index("[") + 1 : text.index("]")] if "[" in text else None


def _read(path):
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def _output(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
