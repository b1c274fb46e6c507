"""Writes fixtures/torch-training.json: an epoch of a small deep network, 20-16(tanh)-4, in float32, by PyTorch.

Run with a Python that has torch (Debian: python3-torch):   /usr/bin/python3 test/oracle/torch_training.py
Examples, weights and order come from whole numbers that training-problem.ts draws too, so that only losses are frozen.
"""
import sys

import torch

sys.dont_write_bytecode = True  # nothing but the fixture is left behind
from fixture import array, number, write

torch.set_num_threads(1)
N, DEV, FEATURES, HIDDEN, CLASSES = 1000, 200, 20, 16, 4
EVERY = {1: 10, 32: 1}


def whole_numbers(seed):
    """Numerical Recipes' linear congruential generator, without its low bits."""
    state = seed
    while True:
        state = (1664525 * state + 1013904223) % 2**32
        yield state >> 16


def examples():
    draw = whole_numbers(1)
    sixteenths = torch.tensor([[next(draw) % 17 for _ in range(FEATURES)] for _ in range(N + DEV)])
    teacher = torch.tensor([[next(draw) % 7 - 3 for _ in range(FEATURES)] for _ in range(CLASSES)])
    noise = torch.tensor([[next(draw) % 41 - 20 for _ in range(CLASSES)] for _ in range(N + DEV)])
    scores = (sixteenths - 8) @ teacher.T + noise  # ties go to the lower class, there as here
    labels = torch.tensor([row.index(max(row)) for row in scores.tolist()])
    return sixteenths.float() / 16, labels


def weights():
    draw = whole_numbers(2)
    matrix = lambda m, n: torch.tensor([[(next(draw) % 65 - 32) / 64 for _ in range(n)] for _ in range(m)])
    return [matrix(HIDDEN, FEATURES), torch.zeros(HIDDEN), matrix(CLASSES, HIDDEN), torch.zeros(CLASSES)]


ORDER = [(373 * k + 11) % N for k in range(N)]


def forward(x, W, b, V, c):
    linear = torch.nn.functional.linear
    return linear(torch.tanh(linear(x, W, b)), V, c)


def run(name, options, make, batch):
    X, gold = examples()
    parameters = [w.clone().requires_grad_() for w in weights()]
    optimizer = make(parameters)
    losses, total, right = [], 0, 0
    for start in range(0, N, batch):
        chosen = ORDER[start : start + batch]
        logits = forward(X[chosen], *parameters)
        loss = torch.nn.functional.cross_entropy(logits, gold[chosen])
        losses.append(loss.item())
        total += loss.item() * len(chosen)
        right += (logits.argmax(1) == gold[chosen]).sum().item()
        optimizer.zero_grad()
        loss.backward()
        norm = sum((p.grad.double() ** 2).sum().item() for p in parameters) ** 0.5
        optimizer.step()
    with torch.no_grad():
        logits = forward(X[N:], *parameters)
        dev_loss = torch.nn.functional.cross_entropy(logits, gold[N:]).item()
        dev_right = (logits.argmax(1) == gold[N:]).sum().item()
    return {
        "optimizer": name,
        "options": options,
        "batchSize": batch,
        "every": EVERY[batch],
        "losses": [number(v) for v in losses[:: EVERY[batch]]],
        "trainLoss": total / N,
        "trainAccuracy": right / N,
        "devLoss": dev_loss,
        "devAccuracy": dev_right / DEV,
        "gradientNorm": norm,
        "lastWeights": array(parameters[2].detach()),
    }


def runs():
    for batch in (1, 32):
        yield run("SGD", {"learningRate": 0.1}, lambda p: torch.optim.SGD(p, lr=0.1), batch)
        yield run("Adam", {"learningRate": 0.01}, lambda p: torch.optim.Adam(p, lr=0.01), batch)


write(
    "torch-training.json",
    {
        "madeBy": {"script": "test/oracle/torch_training.py", "torch": torch.__version__},
        "labels": "".join(str(label) for label in examples()[1].tolist()),
        "runs": list(runs()),
    },
)
