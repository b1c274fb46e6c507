"""NumPy float32: gradients written by hand, as a good student of the Python edition would. Usage: TASK_JSON FOLDER"""
import numpy as np
from serve import EXAMPLES, Unable, serve

f32 = np.float32


def softmax_nll(logits, gold):
    """Loss and gradient of one example, from its logits."""
    shift = logits.max()
    e = np.exp(logits - shift)
    s = e.sum()
    loss = shift + np.log(s) - logits[gold]
    g = e / s
    g[gold] -= 1
    return loss, g


def softmax_nll_batch(logits, gold):
    """Mean loss of a batch and its gradient."""
    n, rows = len(gold), np.arange(len(gold))
    shift = logits.max(1, keepdims=True)
    e = np.exp(logits - shift)
    s = e.sum(1, keepdims=True)
    loss = (shift[:, 0] + np.log(s[:, 0]) - logits[rows, gold]).mean()
    g = e / s
    g[rows, gold] -= 1
    g /= f32(n)
    return loss, g


class SGD:
    """Writes over the gradients: nobody needs them any more, and memory is what a small step costs."""

    def __init__(self, parameters, rate):
        self.rate = f32(rate)

    def step(self, parameters, gradients):
        for p, g in zip(parameters, gradients):
            g *= self.rate
            p -= g


class Adam:
    def __init__(self, parameters, rate):
        self.rate, self.t = f32(rate), 0
        self.m = [np.zeros_like(p) for p in parameters]
        self.v = [np.zeros_like(p) for p in parameters]

    def step(self, parameters, gradients):
        self.t += 1
        c1, c2 = f32(1 - 0.9**self.t), f32(1 - 0.999**self.t)
        for p, g, m, v in zip(parameters, gradients, self.m, self.v):
            m *= f32(0.9)
            m += f32(0.1) * g
            v *= f32(0.999)
            v += f32(0.001) * g**2
            p -= self.rate * (m / c1) / (np.sqrt(v / c2) + f32(1e-8))


class Training:
    def __init__(self, task, inputs, labels, layers):
        self.inputs, self.labels, self.layers = inputs, labels, layers
        self.per_step = self.batch_size = task["batchSize"]
        self.is_tanh = task["activation"] == "tanh"
        self.parameters = [p for layer in layers for p in layer]
        self.optimizer = (Adam if task["optimizer"] == "adam" else SGD)(self.parameters, task["learningRate"])
        self.next = 0

    def step(self):
        start = self.next
        self.next = (start + self.batch_size) % EXAMPLES
        if self.batch_size == 1:
            loss, gradients = self.one(self.inputs[start], self.labels[start])
        else:
            end = start + self.batch_size
            loss, gradients = self.batch(self.inputs[start:end], self.labels[start:end])
        self.optimizer.step(self.parameters, gradients)
        return loss

    def activate(self, a):
        return np.tanh(a) if self.is_tanh else np.maximum(a, 0)

    def slope(self, h):
        return 1 - h * h if self.is_tanh else h > 0

    def one(self, x, gold):
        hidden = [x]
        for W, b in self.layers[:-1]:
            hidden.append(self.activate(W @ hidden[-1] + b))
        W, b = self.layers[-1]
        loss, g = softmax_nll(W @ hidden[-1] + b, gold)
        gradients = []
        for i in range(len(self.layers) - 1, -1, -1):
            gradients = [np.outer(g, hidden[i]), g] + gradients
            if i > 0:
                g = (g @ self.layers[i][0]) * self.slope(hidden[i])
        return loss, gradients

    def batch(self, x, gold):
        hidden = [x]
        for W, b in self.layers[:-1]:
            hidden.append(self.activate(hidden[-1] @ W.T + b))
        W, b = self.layers[-1]
        loss, g = softmax_nll_batch(hidden[-1] @ W.T + b, gold)
        gradients = []
        for i in range(len(self.layers) - 1, -1, -1):
            gradients = [g.T @ hidden[i], g.sum(0)] + gradients
            if i > 0:
                g = (g @ self.layers[i][0]) * self.slope(hidden[i])
        return loss, gradients


class Product:
    def __init__(self, task):
        m, n, k = task["m"], task["n"], task["k"]
        random = np.random.default_rng(1)
        self.a, self.b = random.random((m, k), np.float32), random.random((k, n), np.float32)
        self.per_step = 2 * m * n * k / 1e9

    def step(self):
        return self.a @ self.b


serve(f"NumPy {np.__version__}", {"train": Training, "product": Product})
