"""Writes fixtures/torch-functions.json: every function of src/functions and its gradient, and a run of TP1, by PyTorch.

Run with a Python that has torch (Debian: python3-torch):   /usr/bin/python3 test/oracle/torch_functions.py
Gradients come from autograd, with a random incoming gradient g. Seeded: running it again changes nothing.
"""
import sys

import numpy
import torch

sys.dont_write_bytecode = True  # nothing but the fixture is left behind
from fixture import array, number, write

torch.manual_seed(20240901)
torch.set_num_threads(1)
DTYPES = (torch.float32, torch.float64)
EXTREME = [[1e4, 0, -1e4], [-1e4, -1e4, -1e4], [1000, 0, 0], [1e4, 1e4, 9999], [-1e4, 1e4, 88.8], [30, 0, -745]]


def gradients(f, inputs):
    leaves = [x.detach().clone().requires_grad_() for x in inputs]
    result = f(*leaves)
    g = torch.randn(result.shape, dtype=result.dtype)
    result.backward(g)
    return result.detach(), g, [leaf.grad for leaf in leaves]


def case(function, f, inputs, **extra):
    result, g, grads = gradients(f, inputs)
    return {
        "function": function,
        **extra,
        "inputs": [array(x) for x in inputs],
        "result": array(result),
        "g": array(g),
        "gradients": [array(x) for x in grads],
    }


def affine_cases(dtype):
    for out, dim, batch in [(1, 1, None), (3, 4, None), (10, 7, None), (5, 13, 1), (3, 4, 2), (7, 5, 11), (2, 3, 0)]:
        W, b = torch.randn(out, dim, dtype=dtype), torch.randn(out, dtype=dtype)
        x = torch.randn(*([dim] if batch is None else [batch, dim]), dtype=dtype)
        yield case("affineTransform", lambda W, b, x: torch.nn.functional.linear(x, W, b), [W, b, x])


def logits(dtype):
    for shape in [(1,), (2,), (10,), (1, 1), (4, 3), (7, 10)]:
        yield 3 * torch.randn(shape, dtype=dtype)
    yield torch.tensor([2.0, 2, 2, 2], dtype=dtype)
    for row in EXTREME:
        yield torch.tensor(row, dtype=dtype)
    yield torch.tensor(EXTREME, dtype=dtype)


def softmax_cases(dtype):
    for x in logits(dtype):
        yield case("softmax", lambda x: torch.softmax(x, -1), [x])


def nll_cases(dtype):
    cross_entropy = lambda gold: lambda x: torch.nn.functional.cross_entropy(x, gold, reduction="none")
    for x in logits(dtype):
        k = x.shape[-1]
        if x.ndim == 2:
            gold = torch.arange(x.shape[0]) * 5 % k
            yield case("nllBatch", cross_entropy(gold), [x], golds=gold.tolist())
        else:
            for gold in sorted({0, k // 2, k - 1}):
                yield case("nll", cross_entropy(torch.tensor(gold)), [x], gold=gold)


def activation_cases(dtype):
    edges = torch.tensor([0.0, -0.0, 1e-30, -1e-30, 1e-5, 0.5, -0.5, 20, -20, 88, -89, 800, -800, 1e4, -1e4], dtype=dtype)
    for name, f in [("relu", torch.relu), ("tanh", torch.tanh), ("sigmoid", torch.sigmoid)]:
        for x in [edges, torch.randn(3, 5, dtype=dtype), torch.randn(2, 3, 4, dtype=dtype), torch.randn(1, dtype=dtype)]:
            yield case(name, f, [x])


# TP1: a linear classifier, one example at a time. Inputs are whole numbers over 16, the same on both sides to the bit.
N, FEATURES, CLASSES, EPOCHS, RATE = 200, 20, 5, 2, 0.05


def training_data():
    random = numpy.random.RandomState(7)
    sixteenths = random.randint(0, 17, (N, FEATURES))
    teacher = random.randint(-3, 4, (CLASSES, FEATURES))
    labels = (sixteenths - 8).dot(teacher.T).argmax(axis=1)
    order = [int(i) for _ in range(EPOCHS) for i in random.permutation(N)]
    return sixteenths, labels, order


def training_run(dtype):
    sixteenths, labels, order = training_data()
    X, gold = torch.tensor(sixteenths, dtype=dtype) / 16, torch.tensor(labels)
    W = torch.zeros(CLASSES, FEATURES, dtype=dtype, requires_grad=True)
    b = torch.zeros(CLASSES, dtype=dtype, requires_grad=True)
    losses = []
    for i in order:
        loss = torch.nn.functional.cross_entropy(torch.nn.functional.linear(X[i], W, b), gold[i])
        losses.append(loss.item())
        W.grad = b.grad = None
        loss.backward()
        with torch.no_grad():
            W -= RATE * W.grad
            b -= RATE * b.grad
    return {"dtype": str(dtype)[6:], "losses": [number(v) for v in losses], "W": array(W.detach()), "b": array(b.detach())}


def main():
    sixteenths, labels, order = training_data()
    makers = (affine_cases, softmax_cases, nll_cases, activation_cases)
    write(
        "torch-functions.json",
        {
            "madeBy": {"script": "test/oracle/torch_functions.py", "torch": torch.__version__, "numpy": numpy.__version__},
            "cases": [one for dtype in DTYPES for make in makers for one in make(dtype)],
            "training": {
                "sixteenths": sixteenths.tolist(),
                "labels": labels.tolist(),
                "classes": CLASSES,
                "order": order,
                "learningRate": RATE,
            },
            "trainingRuns": [training_run(dtype) for dtype in DTYPES],
        },
    )


main()
