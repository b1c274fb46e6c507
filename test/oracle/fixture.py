"""How the oracle scripts write arrays into JSON: dtype, shape, and flat data in which nan, inf and -0 are strings."""
import json
import math
import pathlib


def number(value):
    value = float(value)
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if value == 0 and math.copysign(1, value) < 0:
        return "-0"
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def array(x):
    """Of a NumPy array or a torch tensor, float32 or float64."""
    dtype = str(x.dtype).replace("torch.", "")
    assert dtype in ("float32", "float64"), dtype
    return {"dtype": dtype, "shape": list(x.shape), "data": [number(v) for v in x.reshape(-1).tolist()]}


def write(name, content):
    """One line a key, one line an item of its list, so that a difference can be read."""
    parts = []
    for key, value in content.items():
        if isinstance(value, list):
            text = "[\n" + ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in value) + "\n]"
        else:
            text = json.dumps(value, ensure_ascii=False)
        parts.append(f"{json.dumps(key)}: {text}")
    path = pathlib.Path(__file__).parent / "fixtures" / name
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size} bytes")
