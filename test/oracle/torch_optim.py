"""Writes fixtures/torch-optim.json: 50 steps of every optimiser and 40 epochs of every schedule, in float64, by PyTorch.

Run with a Python that has torch (Debian: python3-torch):   /usr/bin/python3 test/oracle/torch_optim.py
The loss is the mean cross-entropy of an affine map on 6 fixed examples. No randomness: running it again changes nothing.
"""
import sys

import torch

sys.dont_write_bytecode = True  # nothing but the fixture is left behind
from fixture import array, number, write

torch.set_num_threads(1)
X = torch.tensor([[(5 * i + 3 * j + i * j) % 9 - 4 for j in range(4)] for i in range(6)], dtype=torch.float64) / 4
GOLD = torch.tensor([0, 1, 2, 2, 1, 0])
W = torch.tensor([[(7 * i + 5 * j) % 11 - 5 for j in range(4)] for i in range(3)], dtype=torch.float64) / 8  # one is 0
B = torch.tensor([0.25, -0.5, 0], dtype=torch.float64)
STEPS, EVERY = 50, 10


def average_momentum(parameters, options):
    """The average form: dampening β, and a velocity that starts at 0 (PyTorch starts it at the first gradient)."""
    optimizer = torch.optim.SGD(parameters, dampening=options["momentum"], **options)
    for parameter in parameters:
        optimizer.state[parameter]["momentum_buffer"] = torch.zeros_like(parameter)
    return optimizer


def sgd(learningRate, momentum=0, momentumForm="accumulated", nesterov=False, weightDecay=0, l1=0):
    def make(parameters):
        options = {"lr": learningRate, "momentum": momentum, "nesterov": nesterov, "weight_decay": weightDecay}
        if momentumForm == "average" and nesterov:  # PyTorch allows no dampening here: the same steps at lr (1 − β)
            return torch.optim.SGD(parameters, **{**options, "lr": learningRate * (1 - momentum)})
        if momentumForm == "average":
            return average_momentum(parameters, options)
        return torch.optim.SGD(parameters, **options)

    return make, l1


def adam(kind, learningRate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weightDecay=0):
    return lambda parameters: kind(
        parameters, lr=learningRate, betas=(beta1, beta2), eps=epsilon, weight_decay=weightDecay
    ), 0


SGD_OPTIONS = [
    {"learningRate": 0.5},
    {"learningRate": 0.5, "weightDecay": 0.1},
    {"learningRate": 0.5, "l1": 0.05},
    {"learningRate": 0.5, "weightDecay": 0.1, "l1": 0.05},
    {"learningRate": 0.1, "momentum": 0.9},
    {"learningRate": 0.1, "momentum": 0.9, "weightDecay": 0.1},
    {"learningRate": 0.1, "momentum": 0.9, "nesterov": True},
    {"learningRate": 0.1, "momentum": 0.9, "nesterov": True, "weightDecay": 0.1, "l1": 0.05},
    {"learningRate": 1, "momentum": 0.9, "momentumForm": "average"},
    {"learningRate": 1, "momentum": 0.9, "momentumForm": "average", "weightDecay": 0.1, "l1": 0.05},
    {"learningRate": 1, "momentum": 0.9, "momentumForm": "average", "nesterov": True},
]
ADAM_OPTIONS = [
    {},
    {"learningRate": 0.1},
    {"learningRate": 0.1, "beta1": 0.5, "beta2": 0.9},
    {"learningRate": 0.1, "beta1": 0, "epsilon": 0.01},
    {"learningRate": 0.1, "weightDecay": 0.1},
]


def steps(make, l1):
    w, b = W.clone().requires_grad_(), B.clone().requires_grad_()
    optimizer = make([w, b])
    after = []
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(torch.nn.functional.linear(X, w, b), GOLD)
        (loss + l1 * (w.abs().sum() + b.abs().sum())).backward()
        optimizer.step()
        if step % EVERY == 0:
            after.append([array(w.detach()), array(b.detach())])
    return after


def optimizer_cases():
    for options in SGD_OPTIONS:
        yield {"optimizer": "SGD", "options": options, "after": steps(*sgd(**options))}
    for name, kind in [("Adam", torch.optim.Adam), ("AdamW", torch.optim.AdamW)]:
        for options in ADAM_OPTIONS:
            yield {"optimizer": name, "options": options, "after": steps(*adam(kind, **options))}


EPOCHS = 40
# Goes down, stays, goes up, down again by less than a hundredth, then far: every turn a plateau can take.
LOSSES = [2, 1.5, 1.2, 1.1, 1.09, 1.1, 1.3, 1.08, 1.0799, 1.0798, 0.9, 0.9, 0.95, 0.91, 0.9, 0.899] + [0.5, 0.6] * 12
SCHEDULES = [
    ("StepLR", {"every": 7, "factor": 0.5}, lambda o: torch.optim.lr_scheduler.StepLR(o, 7, 0.5)),
    ("StepLR", {"every": 1, "factor": 0.9}, lambda o: torch.optim.lr_scheduler.StepLR(o, 1, 0.9)),
    ("ExponentialLR", {"factor": 0.8}, lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.8)),
    ("CosineAnnealingLR", {"epochs": 40}, lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 40)),
    ("CosineAnnealingLR", {"epochs": 40, "minimum": 0.02}, lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 40, 0.02)),
]
PLATEAUS = [
    ({}, {}),
    ({"factor": 0.5, "patience": 2}, {}),
    ({"factor": 0.5, "patience": 0, "threshold": 0.01}, {}),
    ({"factor": 0.5, "patience": 1, "cooldown": 3}, {}),
    ({"factor": 0.1, "patience": 0, "minimum": 0.003}, {"min_lr": 0.003}),
    ({"factor": 0.7, "patience": 1, "threshold": 0}, {}),
]


def rates(make, judged):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.5)
    schedule = make(optimizer)
    after = []
    for loss in LOSSES:
        optimizer.step()
        schedule.step(*([loss] if judged else []))
        after.append(number(optimizer.param_groups[0]["lr"]))
    return after


def schedule_cases():
    assert len(LOSSES) == EPOCHS
    for name, options, make in SCHEDULES:
        yield {"schedule": name, "options": options, "rates": rates(make, False)}
    for options, minimum in PLATEAUS:
        shared = {key: value for key, value in options.items() if key != "minimum"}
        make = lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(o, **shared, **minimum, eps=0)  # reduce small rates too
        yield {"schedule": "ReduceLROnPlateau", "options": options, "rates": rates(make, True)}


write(
    "torch-optim.json",
    {
        "madeBy": {"script": "test/oracle/torch_optim.py", "torch": torch.__version__},
        "problem": {"X": array(X), "gold": GOLD.tolist(), "W": array(W), "b": array(B)},
        "every": EVERY,
        "optimizers": list(optimizer_cases()),
        "learningRate": 0.5,
        "losses": LOSSES,
        "schedules": list(schedule_cases()),
    },
)
