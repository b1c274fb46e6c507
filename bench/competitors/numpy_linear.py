"""TP1's loop in NumPy float32, written as a good student of the Python edition would.

Usage: python3 numpy_linear.py SAMPLES MNIST_FOLDER     prints {"version", "samplesPerSecond", "meanLoss"}
"""
import json
import sys
import time

import numpy as np

samples, folder = int(sys.argv[1]), sys.argv[2]
with open(f"{folder}/train-images-idx3-ubyte", "rb") as file:
    images = np.frombuffer(file.read(16 + samples * 784)[16:], np.uint8).reshape(-1, 784).astype(np.float32) / np.float32(255)
with open(f"{folder}/train-labels-idx1-ubyte", "rb") as file:
    labels = np.frombuffer(file.read(8 + samples)[8:], np.uint8)

W, b, rate = np.zeros((10, 784), np.float32), np.zeros(10, np.float32), np.float32(0.01)
start, total = time.perf_counter(), 0.0
for x, gold in zip(images, labels):
    logits = W @ x + b
    shift = logits.max()
    e = np.exp(logits - shift)
    s = e.sum()
    total += float(shift + np.log(s) - logits[gold])
    g = e / s
    g[gold] -= 1
    W -= rate * np.outer(g, x)
    b -= rate * g
seconds = time.perf_counter() - start
print(json.dumps({"version": f"NumPy {np.__version__}", "samplesPerSecond": samples / seconds, "meanLoss": total / samples}))
