"""Writes fixtures/torch-autograd.json: the operations of src/autograd and composed graphs, with their gradients, by PyTorch.

Run with a Python that has torch (Debian: python3-torch):   /usr/bin/python3 test/oracle/torch_autograd.py
Seeded: running it again changes nothing.
"""
import sys

import torch

sys.dont_write_bytecode = True  # nothing but the fixture is left behind
from fixture import array, write

torch.manual_seed(20261121)
torch.set_num_threads(1)


def rand(*shape, low=-2.0, high=2.0):
    return low + (high - low) * torch.rand(shape, dtype=torch.float64)


def positive(*shape):
    return rand(*shape, low=0.25, high=3.0)


BROADCASTS = [((3,), (3,)), ((2, 3), (3,)), ((3,), (2, 3)), ((2, 1), (1, 4)), ((2, 3), ()), ((), (4,)), ((4, 1, 2), (3, 1))]

# name, function, inputs, extra fields of the case
CASES = [
    *((name, f, [rand(*a), positive(*b)], {}) for name, f in {
        "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
    }.items() for a, b in BROADCASTS),
    *(("matmul", lambda a, b: a @ b, [rand(*a), rand(*b)], {}) for a, b in [((2, 3), (3, 4)), ((2, 3), (3,)), ((3,), (3, 2)), ((5,), (5,)), ((1, 1), (1, 1))]),
    *(("power", lambda x, p=p: x ** p, [positive(4)], {"exponent": p}) for p in [2, 3, -1, 0.5, -1.5, 1]),
    ("exp", torch.exp, [rand(2, 3)], {}),
    ("log", torch.log, [positive(2, 3)], {}),
    ("transpose", lambda x: x.T, [rand(2, 3)], {}),
    ("reshape", lambda x: x.reshape(3, 2), [rand(2, 3)], {"shape": [3, 2]}),
    ("sum", torch.sum, [rand(2, 3)], {}),
    *(("sum", lambda x, k=k: x.sum(k), [rand(2, 3, 4)], {"axis": k}) for k in [0, 1, -1]),
    ("mean", torch.mean, [rand(2, 3)], {}),
    *(("mean", lambda x, k=k: x.mean(k), [rand(2, 3, 4)], {"axis": k}) for k in [0, 1, -1]),
    ("relu", torch.relu, [rand(7)], {}),
    ("tanh", torch.tanh, [rand(7)], {}),
    ("sigmoid", torch.sigmoid, [rand(7)], {}),
    ("softmax", lambda x: torch.softmax(x, -1), [rand(5)], {}),
    ("softmax", lambda x: torch.softmax(x, -1), [rand(2, 5)], {}),
    ("affine", lambda W, b, x: torch.nn.functional.linear(x, W, b), [rand(3, 4), rand(3), rand(4)], {}),
    ("affine", lambda W, b, x: torch.nn.functional.linear(x, W, b), [rand(3, 4), rand(3), rand(2, 4)], {}),
    ("nll", lambda x: torch.nn.functional.cross_entropy(x[None], torch.tensor([2])), [rand(5)], {"gold": 2}),
    ("nll", lambda x: torch.nn.functional.cross_entropy(x, torch.tensor([2, 0, 4])), [rand(3, 5)], {"golds": [2, 0, 4]}),
    # Graphs: a tensor used once, twice, three times, across broadcasting
    ("diamond", lambda a: (a + a) + (a + a), [rand(3)], {}),
    ("three branches", lambda a, b: (a * b).sum() + (a.exp() * a).mean() + (b / a).sum(), [positive(3), rand(3)], {}),
    ("two layers", lambda W1, b1, W2, b2, x: torch.nn.functional.cross_entropy(
        (W2 @ torch.tanh(W1 @ x + b1) + b2)[None], torch.tensor([1])), [rand(4, 6), rand(4), rand(3, 4), rand(3), rand(6)], {}),
]


def case(name, f, inputs, extra):
    leaves = [x.clone().requires_grad_() for x in inputs]
    result = f(*leaves)
    g = torch.randn(result.shape, dtype=result.dtype)
    result.backward(g)
    return {
        "operation": name,
        **extra,
        "inputs": [array(x) for x in inputs],
        "result": array(result.detach()),
        "g": array(g),
        "gradients": [array(leaf.grad) for leaf in leaves],
    }


write("torch-autograd.json", {"cases": [case(*one) for one in CASES]})
