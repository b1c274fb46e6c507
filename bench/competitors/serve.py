"""The side of a competitor in Python: the twin of serve.ts. It starts on its task, says what its first steps lost, then
measures whenever it is asked to: one number of seconds a line, one answer a line.

A runner has `step()`, which returns the loss of one step, and `per_step`, what a step counts for.
"""
import json
import sys
import time

import numpy as np

EXAMPLES = 8192
COMPARED_STEPS = 10


class Unable(Exception):
    """The competitor has not what the task needs."""


def serve(version, makers):
    """`makers`: by kind of task, a function from the task (and, to train, the data) to a runner."""
    task, folder = json.loads(sys.argv[1]), sys.argv[2]
    try:
        if task["kind"] not in makers:
            raise Unable({"product": "it multiplies no matrices", "chain": "it has no tape"}[task["kind"]])
        make = makers[task["kind"]]
        runner = make(task, *read_train_data(task, folder)) if task["kind"] == "train" else make(task)
    except Unable as error:
        return answer({"unable": str(error)})
    answer({"version": f"{version}{blas_suffix()}", "losses": first_losses(runner, task), "note": note_of(task)})
    stopwatch = Stopwatch(runner.step)
    for line in sys.stdin:
        answer({"rate": runner.per_step * stopwatch.steps_per_second(float(line))})


def first_losses(runner, task):
    """None where there is nothing to compare."""
    if task["kind"] == "chain":
        return runner.values()
    if task["kind"] == "train" and "epochs" not in task:
        return [float(runner.step()) for _ in range(COMPARED_STEPS)]
    return None


def note_of(task):
    if "epochs" in task:
        return f"extrapolated from passes over {EXAMPLES} examples, without the development set"
    return None


def blas_suffix():
    """Which library multiplies the matrices: reference BLAS is ten to forty times slower than OpenBLAS."""
    try:
        with open("/proc/self/maps") as maps:
            loaded = maps.read().lower()
    except OSError:
        return ""
    names = {"openblas": "OpenBLAS", "mkl_core": "MKL", "blis": "BLIS", "/blas/libblas.so": "reference BLAS"}
    return next((f" with {name}" for file, name in names.items() if file in loaded), "")


def answer(line):
    print(json.dumps(line), flush=True)


def read_train_data(task, folder):
    """Inputs [n, in], labels [n], and the layers as pairs of W [out, in] and b [out], all float32."""
    data, widths = task["data"], task["widths"]
    inputs = np.fromfile(f"{folder}/{data}.inputs.f32", np.float32).reshape(EXAMPLES, -1)
    labels = np.fromfile(f"{folder}/{data}.labels.u8", np.uint8).astype(np.int64)
    weights = np.fromfile(f"{folder}/weights-{'-'.join(map(str, widths))}.f32", np.float32)
    layers, read = [], 0
    for width, out in zip(widths, widths[1:]):
        W = weights[read : read + out * width].reshape(out, width).copy()
        b = weights[read + out * width : read + out * width + out].copy()
        layers.append((W, b))
        read += out * width + out
    return inputs, labels, layers


class Stopwatch:
    """The median over pieces of the time given; a piece has as many steps as take an eighth of that time, found once."""

    def __init__(self, step):
        self.step, self.steps = step, 1

    def time(self):
        step, before = self.step, time.perf_counter()
        for _ in range(self.steps):
            step()
        return time.perf_counter() - before

    def steps_per_second(self, seconds):
        took = self.time()
        while took < seconds / 8:
            self.steps *= 2
            took = self.time()
        rates, total = [self.steps / took], took
        while total < seconds:
            took = self.time()
            rates.append(self.steps / took)
            total += took
        return sorted(rates)[len(rates) // 2]
