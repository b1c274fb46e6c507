"""PyTorch as its tutorials write it. Usage: THREADS TASK_JSON FOLDER"""
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(int(sys.argv.pop(1)))
from serve import EXAMPLES, serve  # it reads the arguments that are left


class Training:
    def __init__(self, task, inputs, labels, layers):
        self.inputs, self.labels = torch.from_numpy(inputs), torch.from_numpy(labels)
        self.per_step = self.batch_size = task["batchSize"]
        self.model = network(layers, nn.Tanh if task["activation"] == "tanh" else nn.ReLU)
        make = torch.optim.Adam if task["optimizer"] == "adam" else torch.optim.SGD
        self.optimizer = make(self.model.parameters(), lr=task["learningRate"])
        self.next = 0

    def step(self):
        start, end = self.next, self.next + self.batch_size
        self.next = end % EXAMPLES
        loss = F.cross_entropy(self.model(self.inputs[start:end]), self.labels[start:end])
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss


def network(layers, activation):
    parts = []
    for W, b in layers:
        linear = nn.Linear(W.shape[1], W.shape[0])
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W))
            linear.bias.copy_(torch.from_numpy(b))
        parts += [linear, activation()]
    return nn.Sequential(*parts[:-1])


class Product:
    def __init__(self, task):
        m, n, k = task["m"], task["n"], task["k"]
        self.a, self.b = torch.rand(m, k), torch.rand(k, n)
        self.per_step = 2 * m * n * k / 1e9

    def step(self):
        with torch.no_grad():
            return self.a @ self.b


class Chain:
    def __init__(self, task):
        self.length, size = task["length"], task["size"]
        self.x = torch.full((size,), 0.5, requires_grad=True)
        self.a, self.b = torch.full((size,), 0.9), torch.full((size,), 0.1)
        self.per_step = 2 * self.length + 1

    def step(self):
        y = self.x
        for _ in range(self.length):
            y = y * self.a + self.b
        self.x.grad = None
        total = y.sum()
        total.backward()
        return total

    def values(self):
        return [float(self.step()), float(self.x.grad[0])]


serve(f"PyTorch {torch.__version__}", {"train": Training, "product": Product, "chain": Chain})
