"""Writes fixtures/torch-nn.json: forward, loss and every gradient of the layers and networks of src/nn, by PyTorch.

Run with a Python that has torch (Debian: python3-torch):   /usr/bin/python3 test/oracle/torch_nn.py
The networks are made of torch.nn's modules; parameters bear the names they have here. Seeded: running it again changes nothing.
"""
import sys

import torch
from torch import nn

sys.dont_write_bytecode = True  # nothing but the fixture is left behind
from fixture import array, write

torch.manual_seed(20261121)
torch.set_num_threads(1)
IN, HIDDEN, OUT = 5, 4, 3


def deep(activation, layers):
    """torch's module, and our names of its affine layers in order."""
    widths = [IN] + [HIDDEN] * layers
    modules = [m for a, b in zip(widths, widths[1:]) for m in (nn.Linear(a, b), activation())]
    return nn.Sequential(*modules, nn.Linear(widths[-1], OUT)), [f"hidden.{i}." for i in range(layers)] + ["output."]


def networks():
    yield "Linear", nn.Sequential(nn.Linear(IN, OUT)), [""]
    yield "Sequential", nn.Sequential(nn.Linear(IN, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, OUT)), ["layers.0.", "layers.2."]
    for name, activation in (("relu", nn.ReLU), ("tanh", nn.Tanh)):
        for layers in (0, 1, 2, 3):
            yield f"DeepNetwork {name} {layers}", *deep(activation, layers)


def named(torch_network, prefixes):
    affine = [module for module in torch_network if isinstance(module, nn.Linear)]
    for prefix, module in zip(prefixes, affine, strict=True):
        yield prefix + "W", module.weight
        yield prefix + "b", module.bias


def cases():
    for dtype in (torch.float64, torch.float32):
        for name, network, prefixes in networks():
            network.to(dtype)
            for batch in (None, 6):
                x = torch.randn(*([IN] if batch is None else [batch, IN]), dtype=dtype, requires_grad=True)
                gold = torch.tensor(2) if batch is None else torch.arange(batch) * 2 % OUT
                network.zero_grad()
                logits = network(x)
                loss = nn.functional.cross_entropy(logits, gold)
                loss.backward()
                parameters = dict(named(network, prefixes))
                yield {
                    "network": name,
                    "parameters": {key: array(value.detach()) for key, value in parameters.items()},
                    "x": array(x.detach()),
                    "gold": gold.tolist(),
                    "logits": array(logits.detach()),
                    "loss": array(loss.detach()),
                    "gradients": {key: array(value.grad) for key, value in parameters.items()},
                    "gx": array(x.grad),
                }


write("torch-nn.json", {
    "madeBy": {"script": "test/oracle/torch_nn.py", "torch": torch.__version__},
    "cases": list(cases()),
})
