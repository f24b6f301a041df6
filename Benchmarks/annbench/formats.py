# SPDX-License-Identifier: Apache-2.0
"""Reading and writing the vector files that benchmarks use.

`.fvecs`, `.ivecs`, `.bvecs` (TEXMEX): each row is an int32 dimension and then that many float32, int32 or uint8 values.
`.fbin`: int32 rows, int32 dimension, then float32 values. `.npy`: NumPy's own, float32 in C order.
"""

from pathlib import Path

import numpy as np

_TEXMEX_ELEMENT = {".fvecs": np.float32, ".ivecs": np.int32, ".bvecs": np.uint8}


class FormatError(ValueError):
    """A file that is not what its name says."""


def read_vectors(path):
    """The rows of a vector file as a float32 matrix, mapped from the file where its layout allows."""
    rows = _read(Path(path))
    return rows if rows.dtype == np.float32 else rows.astype(np.float32)


def read_neighbours(path):
    """The rows of an `.ivecs` ground-truth file as an int32 matrix."""
    path = Path(path)
    if path.suffix != ".ivecs":
        raise FormatError(f"{path}: a ground truth is an .ivecs file, not {path.suffix or 'a file without a suffix'}")
    return _read(path)


def write_texmex(path, rows):
    """Writes a matrix as `.fvecs`, `.ivecs` or `.bvecs`, by the suffix."""
    path = Path(path)
    element = np.dtype(_TEXMEX_ELEMENT[path.suffix])
    record = np.empty(len(rows), dtype=[("dimension", "<i4"), ("values", element, (rows.shape[1],))])
    record["dimension"] = rows.shape[1]
    record["values"] = rows
    partial = path.with_name(path.name + ".partial")
    record.tofile(partial)
    partial.rename(path)


def _read(path):
    if not path.is_file():
        raise FormatError(f"{path}: there is no such file")
    if path.suffix in _TEXMEX_ELEMENT:
        return _read_texmex(path, np.dtype(_TEXMEX_ELEMENT[path.suffix]))
    if path.suffix == ".fbin":
        return _read_fbin(path)
    if path.suffix == ".npy":
        return _read_npy(path)
    known = ", ".join([*_TEXMEX_ELEMENT, ".fbin", ".npy"])
    raise FormatError(f"{path}: the suffix '{path.suffix}' is none of {known}")


def _read_texmex(path, element):
    size = path.stat().st_size
    if size < 4:
        raise FormatError(f"{path}: {size} bytes hold no row")
    dimension = int(np.fromfile(path, dtype="<i4", count=1)[0])
    record = 4 + dimension * element.itemsize
    if dimension < 1 or size % record:
        raise FormatError(f"{path}: {size} bytes are no whole number of rows of dimension {dimension}")
    if element.itemsize == 4:
        words = np.memmap(path, dtype=element, mode="r").reshape(-1, dimension + 1)
        stated, values = words[:, 0].view("<i4"), words[:, 1:]
    else:
        rows = np.memmap(path, dtype=[("dimension", "<i4"), ("values", element, (dimension,))], mode="r")
        stated, values = rows["dimension"], rows["values"]
    if not np.all(stated == dimension):
        raise FormatError(f"{path}: row {int(np.argmax(stated != dimension))} states another dimension than {dimension}")
    return values


def _read_fbin(path):
    size = path.stat().st_size
    if size < 8:
        raise FormatError(f"{path}: {size} bytes are too few for a header")
    count, dimension = (int(value) for value in np.fromfile(path, dtype="<i4", count=2))
    if count < 1 or dimension < 1 or size != 8 + 4 * count * dimension:
        raise FormatError(f"{path}: the header says {count} × {dimension}, which is not what {size} bytes hold")
    return np.memmap(path, dtype="<f4", mode="r", offset=8, shape=(count, dimension))


def _read_npy(path):
    rows = np.load(path, mmap_mode="r")
    if rows.dtype != np.float32 or rows.ndim != 2 or not rows.flags.c_contiguous:
        raise FormatError(f"{path}: needs a float32 matrix in C order, has {rows.dtype} of shape {rows.shape}")
    return rows
