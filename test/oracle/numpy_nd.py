"""Writes fixtures/numpy-nd.json: arithmetic, products, reductions, printing and .npy files, by NumPy, and xoshiro128++.

Run with a Python that has numpy (Debian: python3-numpy):   /usr/bin/python3 test/oracle/numpy_nd.py
Seeded: running it again changes nothing.
"""
import base64
import io
import sys

import numpy as np

sys.dont_write_bytecode = True  # nothing but the fixture is left behind
from fixture import array, number, write

random = np.random.RandomState(20240901)
np.seterr(all="ignore")
DTYPES = (np.float32, np.float64)


def normal(shape, dtype):
    return np.asarray(random.standard_normal(shape), dtype)


def arithmetic():
    pairs = [((), ()), ((3,), ()), ((3,), (3,)), ((2, 3), (3,)), ((2, 3), (2, 1)), ((2, 1), (1, 3)), ((4, 1), (5,)),
             ((2, 3, 4), (3, 1)), ((1,), (2, 2)), ((2, 1, 4), (1, 3, 1)), ((0,), (1,)), ((0, 3), (3,)), ((3, 0), (3, 1)),
             ((2, 0, 3), (1, 1, 3)), ((1, 1), (7,)), ((5, 1, 2), (5, 3, 2))]
    operations = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "maximum": np.maximum}
    special = [0.0, -0.0, 1.0, -1.5, np.inf, -np.inf, np.nan, 1e38]
    for dtype in DTYPES:
        operands = [(normal(a, dtype), normal(b, dtype)) for one, other in pairs for a, b in ((one, other), (other, one))]
        operands.append((np.array(special, dtype)[:, None], np.array(special, dtype)[None, :]))
        for a, b in operands:
            for name, f in operations.items():
                yield {"operation": name, "a": array(a), "b": array(b), "result": array(np.asarray(f(a, b), dtype))}


def products():
    shapes = [((3, 4), (4,)), ((4,), (4, 5)), ((4,), (4,)), ((2, 3), (3, 5)), ((1, 7), (7, 1)), ((5, 1), (1, 3)),
              ((3, 0), (0, 2)), ((0, 3), (3, 2)), ((11, 13), (13, 17)), ((0,), (0,)), ((3, 4), (4, 1))]
    for dtype in DTYPES:
        for a, b in shapes:
            # small whole numbers: sums are exact, whatever their order
            a = np.asarray(random.randint(-9, 10, a), dtype)
            b = np.asarray(random.randint(-9, 10, b), dtype)
            yield {"a": array(a), "b": array(b), "result": array(np.asarray(a @ b, dtype))}


def reductions():
    shapes = [(1,), (7,), (2, 3), (3, 1), (2, 3, 4), (5, 1, 2), (0, 3), (3, 0), (0,)]
    for dtype in DTYPES:
        arrays = [np.round(normal(shape, dtype), 1) for shape in shapes]
        arrays.append(np.array([[1, 3, 3], [np.nan, 5, np.nan], [-np.inf, -np.inf, -np.inf], [-0.0, 0.0, -1]], dtype))
        arrays.append(np.array([[2, np.nan], [2, 1], [1, 2]], dtype))
        for x in arrays:
            for name in ("sum", "mean", "max", "argmax"):
                for axis in (None, *range(-x.ndim, x.ndim)):
                    for keep in (False, True) if axis is not None else (False,):
                        count = x.size if axis is None else x.shape[axis]
                        if count == 0 and name != "sum":
                            continue
                        result = getattr(np, name)(x, axis=axis, **({"keepdims": True} if keep else {}))
                        yield {"reduction": name, "x": array(x), "axis": axis, "keepDims": keep,
                               "result": array(np.asarray(result, dtype))}


def printed_arrays(dtype):
    yield from (np.array(v, dtype) for v in (
        [], [1], [-1], [0], [-0.0], [0.0, -0.0], [1.5, -2.25, 3], [1, 10, 100], [0.1, 0.2, 0.3], [1 / 3, 2 / 3, 1],
        [1e-3, 1], [1e-4, 1e-4], [9.9e-5, 1e-4], [1e-5], [1e8], [99999999], [1e8, 1], [12345678, 1], [1000, 1], [1001, 1],
        [1e10, 1e-10], [1e-30, -1e30], [np.nan], [np.nan, 1], [np.inf, -np.inf, np.nan, 1.5], [-np.inf, 1], [np.inf, 1e10],
        [np.nan, 123456.789], [-0.0, 1e10], [-0.0, 1e-7], [3.14159265358979], [100.123456789, 0.5], [1e-8, 2e-8],
        [2**-9, 1], [2**-9, 3 * 2**-9, 5 * 2**-9], [2**-10, 2**-11], [0.000244140625], [1.00000001, 1], [0.30000000000000004, 1],
        [123456.7, 0.25], [999999.9, 1e6], [-5e-324 if dtype is np.float64 else -1e-45, 1], [1.1e-16, 1], [16777216, 16777217, 0.5],
        [0.5, 1e3], [0.5, 501], [7, 7000], [7, 7001], [-123.456, 0.123], [1e22, 1e21], [123456789012, 1], [1e15, 1e16],
        [0.1 + 2**-27, 0.1], [5e-5, 0.5], [2.5, np.nan, -0.0], [1e7 + 0.5], [33554432.5], [1.23456789e-5], [9.99999999e-5],
        [0.99999999, 1], [0.999999999, 1], [9.9999999e7, 1], [1e-100 if dtype is np.float64 else 1e-20, 1e100 if dtype is np.float64 else 1e20],
        [1e100 if dtype is np.float64 else 1e20, 2e5], [1e-300 if dtype is np.float64 else 1e-38],
    ))
    for shape in [(0, 3), (3, 0), (2, 0, 4), (1, 1), (2, 2), (3, 1), (1, 5), (2, 2, 2), (2, 3, 1, 2), (1, 1, 1)]:
        yield normal(shape, dtype)
    for n in (5, 6, 7, 11, 12, 20, 40, 100):
        yield normal((n,), dtype)
        yield np.arange(n).astype(dtype)
        yield (np.arange(n) / 8).astype(dtype)
    for exponent in range(-12, 13, 2):
        yield normal((4,), dtype) * dtype(10.0**exponent)
        yield np.round(normal((3, 3), dtype) * dtype(10.0**exponent), 3)
    for shape in [(3, 20), (2, 30), (20, 2), (1, 2, 13)]:
        yield normal(shape, dtype)
    for _ in range(40):
        shape = tuple(random.randint(1, 5, random.randint(1, 4)))
        yield normal(shape, dtype) * dtype(10.0 ** random.randint(-6, 9))
    for denominator in (512, 1024, 2048, 4096, 100, 1000, 3, 7):
        yield (np.asarray(random.randint(-9999, 9999, 6)) / denominator).astype(dtype)
    for bits in random.randint(0, 2**31 - 2**24, (20, 3)):
        yield bits.astype(np.uint32).view(np.float32).astype(dtype)


def long_arrays():
    """Whole numbers over 8: short in the file. More than 1000 elements are summarised, whatever the dtype."""
    shapes = [(1000,), (1001,), (30, 40), (2, 501), (1001, 1), (7, 11, 13), (6, 6, 28), (3, 4, 84), (2, 2, 2, 126), (40, 25)]
    for shape in shapes:
        yield (random.randint(-99, 100, shape) / 8).astype(np.float32)
    yield np.arange(1005, dtype=np.float64)
    yield np.arange(1250, dtype=np.float64).reshape(50, 25)


def printing():
    for x in (*printed_arrays(np.float32), *printed_arrays(np.float64), *long_arrays()):
        yield {"x": array(x), "str": str(x), "repr": repr(x)}
    for dtype in DTYPES:
        for value in (1, -2.5, 0.1, 1e-7, 1e20):
            yield {"x": array(np.array(value, dtype)), "repr": repr(np.array(value, dtype))}


def npy_bytes(x, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, x, version=version)
    return base64.b64encode(out.getvalue()).decode()


def npy_files():
    whole = np.arange(6).reshape(2, 3) - 2
    for code in ("<f4", "<f8", ">f4", ">f8", "|u1", "|i1", "<u2", ">u2", "<i2", ">i2", "<u4", ">u4", "<i4", ">i4", "|b1"):
        x = (whole % 256 if "u" in code else whole).astype(code)
        values = x.astype(np.float64 if code[1:] in ("f8", "u4", "i4") else np.float32)
        yield {"name": code, "bytes": npy_bytes(x), "x": array(values)}
    for name, x in {
        "fortran order": np.asfortranarray(normal((3, 4), np.float32)),
        "fortran order, 3-d": np.asfortranarray(normal((2, 3, 4), np.float64)),
        "0-d": np.array(2.5, np.float32),
        "empty": np.zeros(0, np.float32),
        "empty matrix": np.zeros((0, 3), np.float64),
        "empty matrix, fortran order": np.asfortranarray(np.zeros((2, 0, 3), np.float32)),
        "special numbers": np.array([np.nan, np.inf, -np.inf, -0.0, 1e-45], np.float32),
        "extreme integers": np.array([-(2**31), 2**31 - 1], "<i4"),
    }.items():
        values = x if x.dtype in DTYPES else x.astype(np.float64)
        yield {"name": name, "bytes": npy_bytes(x), "x": array(np.ascontiguousarray(values).reshape(x.shape))}
    yield {"name": "version 2.0", "bytes": npy_bytes(np.arange(3.0), (2, 0)), "x": array(np.arange(3.0))}
    yield {"name": "version 3.0", "bytes": npy_bytes(np.arange(3.0), (3, 0)), "x": array(np.arange(3.0))}


MASK = 2**32 - 1


def splitmix32(seed):
    """Four words of state. The increment also holds the part of the seed beyond 32 bits."""
    words, state = [], seed & MASK
    for _ in range(4):
        state = (state + 0x9E3779B9 + (seed >> 32)) & MASK
        z = state ^ (state >> 16)
        z = (z * 0x21F0AAAD) & MASK
        z ^= z >> 15
        z = (z * 0x735A2D97) & MASK
        words.append(z ^ (z >> 15))
    return words


def xoshiro128plusplus(state):
    """After the C of Blackman and Vigna, https://prng.di.unimi.it/xoshiro128plusplus.c"""
    rotl = lambda x, k: ((x << k) | (x >> (32 - k))) & MASK
    s = list(state)
    while True:
        yield (rotl((s[0] + s[3]) & MASK, 7) + s[0]) & MASK
        t = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)


def generators():
    # 32-bit draws, as RandomGenerator.integer(2**32) gives them
    for seed in (0, 1, 42, 2**31, 2**32 - 1, 2**32, 2**32 + 1, 2**53 - 1, -1, -2, -(2**32), -(2**53 - 1)):
        stream = xoshiro128plusplus(splitmix32(seed))
        yield {"seed": seed, "bits": [next(stream) for _ in range(20)]}


def main():
    stream = xoshiro128plusplus([1, 2, 3, 4])
    assert [next(stream) for _ in range(5)] == [641, 1573767, 3222811527, 3517856514, 836907274]  # published test vector
    write(
        "numpy-nd.json",
        {
            "madeBy": {"script": "test/oracle/numpy_nd.py", "numpy": np.__version__},
            "arithmetic": list(arithmetic()),
            "products": list(products()),
            "reductions": list(reductions()),
            "printing": list(printing()),
            "npy": list(npy_files()),
            "generators": list(generators()),
        },
    )


main()
