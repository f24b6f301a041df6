# SPDX-License-Identifier: Apache-2.0
"""The other engines behind the options, the protocol and the JSON of `vectorstore-bench ann`."""

from importlib import import_module

PEERS = {
    "hnswlib": ("peers.hnswlib_peer", "HnswlibPeer"),
    "faiss": ("peers.faiss_peer", "FaissPeer"),
    "usearch": ("peers.usearch_peer", "UsearchPeer"),
    "scann": ("peers.scann_peer", "ScannPeer"),
    "svs": ("peers.svs_peer", "SvsPeer"),
}


def make_peer(name, options):
    """The peer of that name. Imports its library, so an ImportError says that it isn't installed."""
    module, type_name = PEERS[name]
    return getattr(import_module(module), type_name)(options)
