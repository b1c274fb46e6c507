"""Writes fixtures/elementary.json: exp, log, tanh and cos(pi u), correctly rounded, by mpmath with 200 binary digits.

Run with a Python that has mpmath (Debian: python3-mpmath):   /usr/bin/python3 test/oracle/elementary.py
Seeded: running it again changes nothing. "rest" is what the rounding left out, in ulps of the rounded value.
"""
import math
import random
import sys

import mpmath

sys.dont_write_bytecode = True  # nothing but the fixture is left behind
from fixture import number, write

mpmath.mp.prec = 200
random = random.Random(20261121)


def between(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


def spread(low, high, count):
    """Of every magnitude from 2**low to 2**high."""
    return [2.0**exponent for exponent in between(low, high, count)]


def around(*points):
    """Each point and its neighbours."""
    for point in points:
        yield from (math.nextafter(point, -math.inf), point, math.nextafter(point, math.inf))


def exp_points():
    yield from between(-1, 1, 100)
    yield from between(-745.2, 709.8, 100)
    yield from between(-745.2, -708, 60)  # the result is subnormal
    yield from (sign * x for x in spread(-60, 0, 40) for sign in (1, -1))
    yield from around(709.782712893384, -745.1332191019411, -745.1332191019412, -708.3964185322641, 0.5 * math.log(2))
    yield from (5e-324, -5e-324, 1.0, -1.0, 88.0, 1000.0, -1000.0)


def log_points():
    yield from between(0.5, 2, 100)
    yield from spread(-1073, 1023, 100)
    yield from (1 + sign * x for x in spread(-52, -2, 50) for sign in (1, -1))
    yield from around(math.sqrt(0.5), math.sqrt(2), 1.0, 2.0, 0.5, math.e, 2.2250738585072014e-308)
    yield from (5e-324, 1.5e-323, 1e-310, 1.7976931348623157e308, 10.0)


def tanh_points():
    yield from between(-0.625, 0.625, 100)
    yield from between(0.6, 2, 100)
    yield from between(-20, 20, 100)
    yield from (sign * x for x in spread(-60, 0, 40) for sign in (1, -1))
    yield from around(0.625, 2.0**-27, 19.061547465398498, 1.0)
    yield from (5e-324, 1e-310, 100.0, -1e300)


def cos_pi_points():
    yield from between(0, 1, 200)
    yield from spread(-60, -2, 30)
    yield from (0.5 + sign * x for x in spread(-52, -2, 30) for sign in (1, -1))
    yield from (0.0, 0.25, 0.5, 0.75, 1.0, 1 / 3, 2 / 3, 0.1, 0.9)


def value(function, x):
    exact = function(mpmath.mpf(x))
    rounded = float(exact)
    finite = math.isfinite(rounded)
    rest = float((exact - mpmath.mpf(rounded)) / math.ulp(rounded)) if finite else 0.0
    assert abs(rest) <= 0.5, (x, rest)  # else the rounding was not the nearest
    return {"x": number(x), "value": number(rounded), "rest": round(rest, 6)}


def main():
    functions = {
        "exp": (mpmath.exp, exp_points),
        "log": (mpmath.log, log_points),
        "tanh": (mpmath.tanh, tanh_points),
        "cosPi": (mpmath.cospi, cos_pi_points),
    }
    write(
        "elementary.json",
        {
            "madeBy": {"script": "test/oracle/elementary.py", "mpmath": mpmath.__version__},
            **{name: [value(f, x) for x in points()] for name, (f, points) in functions.items()},
        },
    )


main()
