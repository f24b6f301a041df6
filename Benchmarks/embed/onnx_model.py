# SPDX-License-Identifier: Apache-2.0
"""Makes an ONNX model of a BERT folder, in the operators that onnxruntime is fastest with.

There is no ONNX file in the folder that users have, and onnxruntime gets its speed from fused operators: so the graph is written in
those at once (EmbedLayerNormalization, Attention, SkipLayerNormalization, BiasGelu), as `onnxruntime.transformers.optimizer` would
leave it.
"""

import json

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

MICROSOFT = "com.microsoft"


class _Graph:
    def __init__(self):
        self.nodes, self.initializers = [], []

    def add(self, operator, inputs, outputs, domain=MICROSOFT, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def constant(self, name, array):
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name


def make_onnx(folder, target):
    """Writes the ONNX model of `folder` to `target`. Inputs input_ids and attention_mask (int32), output hidden (float32)."""
    config = json.loads((folder / "config.json").read_text())
    tensors = load_file(folder / "model.safetensors")
    heads, epsilon = config["num_attention_heads"], config["layer_norm_eps"]
    graph = _Graph()

    def weight(name):
        return graph.constant(name, tensors[name])

    def transposed(name):
        return graph.constant(name + ".T", tensors[name].T)

    embeddings = "embeddings."
    norm = [weight(embeddings + "LayerNorm.weight"), weight(embeddings + "LayerNorm.bias")]
    tables = [weight(embeddings + f"{kind}_embeddings.weight") for kind in ("word", "position", "token_type")]
    hidden = graph.add(
        "EmbedLayerNormalization",
        ["input_ids", "segment_ids", *tables, *norm, "attention_mask"],
        ["hidden0", "mask_index"],
        epsilon=epsilon,
    )
    for number in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{number}."
        parts = [layer + f"attention.self.{part}" for part in ("query", "key", "value")]
        packed = graph.constant(layer + "qkv", np.concatenate([tensors[part + ".weight"].T for part in parts], axis=1))
        bias = graph.constant(layer + "qkv.bias", np.concatenate([tensors[part + ".bias"] for part in parts]))
        context = graph.add("Attention", [hidden, packed, bias, "mask_index"], [layer + "context"], num_heads=heads)
        hidden = _skip(graph, layer + "attention.output.", context, hidden, weight, transposed, epsilon)
        inner = graph.add("MatMul", [hidden, transposed(layer + "intermediate.dense.weight")], [layer + "inner"], domain="")
        inner = graph.add("BiasGelu", [inner, weight(layer + "intermediate.dense.bias")], [layer + "gelu"])
        hidden = _skip(graph, layer + "output.", inner, hidden, weight, transposed, epsilon)
    graph.add("Identity", [hidden], ["hidden"], domain="")

    def ids(name):
        return helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", "tokens"])

    output = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["batch", "tokens", config["hidden_size"]])
    model = helper.make_model(
        helper.make_graph(
            graph.nodes, "bert", [ids("input_ids"), ids("segment_ids"), ids("attention_mask")], [output], graph.initializers
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=9,
    )
    target.write_bytes(model.SerializeToString())


def _skip(graph, name, value, skip, weight, transposed, epsilon):
    """A linear layer, whose bias goes into the residual's normalization."""
    product = graph.add("MatMul", [value, transposed(name + "dense.weight")], [name + "product"], domain="")
    return graph.add(
        "SkipLayerNormalization",
        [product, skip, weight(name + "LayerNorm.weight"), weight(name + "LayerNorm.bias"), weight(name + "dense.bias")],
        [name + "norm"],
        epsilon=epsilon,
    )
