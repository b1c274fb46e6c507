"""A reader and a writer of safetensors files, from the document of the format alone; freezes files for the tests of src/nn.

Document: https://huggingface.co/docs/safetensors/index#format
Run with a Python that has numpy (Debian: python3-numpy):   /usr/bin/python3 test/oracle/safetensors_files.py
writes fixtures/safetensors-files.json; the same with the argument `read` prints what is in the file on its standard input.
"""
import base64
import hashlib
import json
import struct
import sys

import numpy

TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8"}


def encode(tensors, metadata=None, bfloat16=()):
    """Arrays by name; those named in `bfloat16` are float32 and lose their lower half."""
    stored = {k: (x.view("<u4") >> 16).astype("<u2") if k in bfloat16 else x for k, x in tensors.items()}
    header, data = {} if metadata is None else {"__metadata__": metadata}, b""
    for name in sorted(stored, key=lambda k: (-stored[k].itemsize, k)):
        x = stored[name]
        code = "BF16" if name in bfloat16 else next(c for c, t in TYPES.items() if numpy.dtype(t) == x.dtype)
        header[name] = {"dtype": code, "shape": list(x.shape), "data_offsets": [len(data), len(data) + x.nbytes]}
        data += x.tobytes()
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def decode(file):
    (length,) = struct.unpack("<Q", file[:8])
    assert length % 8 == 0 and file[8:9] == b"{", "the header is aligned and begins with {"
    header, data, tensors, end = json.loads(file[8 : 8 + length]), file[8 + length :], {}, 0
    metadata = header.pop("__metadata__", {})
    for name, info in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        assert info["data_offsets"][0] == end, "no holes"
        start, end = info["data_offsets"]
        x = numpy.frombuffer(data[start:end], TYPES[info["dtype"]]).reshape(info["shape"])
        tensors[name] = (x.astype("<u4") << 16).view("<f4") if info["dtype"] == "BF16" else x
    assert end == len(data), "nothing behind the last array"
    return tensors, metadata


def listed(file):
    tensors, metadata = decode(file)
    float32 = lambda x: x.astype("<f4") if x.dtype == "<f2" else x
    arrays = [[k, str(float32(x).dtype), list(x.shape), float32(x).tobytes().hex()] for k, x in tensors.items()]
    return {"arrays": arrays, "metadata": metadata}


def files():
    random = numpy.random.RandomState(20261121)
    normal = lambda shape, dtype="<f4": random.standard_normal(shape).astype(dtype)
    special = numpy.array([numpy.nan, numpy.inf, -numpy.inf, -0.0, 1e-45, 3.4e38], "<f4")
    network = {"hidden.0.W": normal((4, 3)), "hidden.0.b": normal(4), "output.W": normal((2, 4)), "output.b": normal(2)}
    mixed = {"b": normal(3), "a": normal((2, 2)), "z": normal((2, 3), "<f8"), "scalar": normal(()), "empty": normal((0, 3)),
             "10": normal(1), "9": normal(1), "é \"quoted\" \\": normal(1), "special": special}
    halves = {"half": numpy.array([1, -2.5, 65504, 6e-8, -0.0, numpy.inf, -numpy.inf, 1 / 3], "<f2"), "single": normal(3),
              "brain": numpy.array([1, -2.5, 3e38, 1e-40, -0.0, numpy.inf, -numpy.inf, 1 / 3], "<f4")}
    yield "a network", encode(network), True
    yield "both dtypes, odd names and shapes", encode(mixed, {"format": "pt", "note": "é"}), True
    yield "nothing", encode({}), True
    yield "half precisions", encode(halves, bfloat16=["brain"]), False


def every_half():
    patterns = numpy.arange(2**16, dtype="<u2")
    half, brain = patterns.view("<f2"), (patterns.astype("<u4") << 16).view("<f4")
    return {"half": half[~numpy.isnan(half)], "brain": brain[~numpy.isnan(brain)]}


def freeze():
    """Of every 16-bit pattern only the digest of its values is kept: the test makes the file itself."""
    sys.dont_write_bytecode = True  # nothing but the fixture is left behind
    from fixture import write

    cases = [{"name": name, "ours": ours, "bytes": base64.b64encode(file).decode(), **listed(file)}
             for name, file, ours in files()]
    digests = {k: hashlib.sha256(x.astype("<f4").tobytes()).hexdigest() for k, x in every_half().items()}
    integers = base64.b64encode(encode({"steps": numpy.arange(2)})).decode()
    write("safetensors-files.json", {"madeBy": {"script": "test/oracle/safetensors_files.py", "numpy": numpy.__version__},
                                  "cases": cases, "everyHalf": digests, "integers": integers})


if sys.argv[1:] == ["read"]:
    print(json.dumps(listed(sys.stdin.buffer.read())))
else:
    freeze()
