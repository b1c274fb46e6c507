import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { displaySymbol, showValue } from "./show-value.js";

const textOf = (value: unknown) => showValue(value)?.["text/plain"];
const showing = (forms: () => unknown, fields: object = {}) => ({ ...fields, [displaySymbol]: forms });

test("undefined is no result, null is one", () => {
  expect(showValue(undefined)).toBeUndefined();
  expect(showValue(null)).toEqual({ "text/plain": "null" });
});

test.each([1.5, "it's\n", 10n, true, Symbol("s"), [1, [2, [3]]], new Map([[1, { a: 1 }]]), new Error("no").message])(
  "%o is text, as inspect writes it",
  (value) => {
    expect(showValue(value)).toEqual({ "text/plain": inspect(value) });
  },
);

describe("text", () => {
  test("is what a class says of itself", () => {
    const array = { [inspect.custom]: () => "array([1., 2.])" };
    expect(textOf(array)).toBe("array([1., 2.])");
  });

  test("goes deeper than console.log where that is short, and no deeper elsewhere", () => {
    const nested = { a: { b: { c: { d: 1 } } } };
    expect(inspect(nested)).toContain("[Object]");
    expect(textOf(nested)).toBe(inspect(nested, { depth: 4 }));
    const wide = Array.from({ length: 90 }, () => [[{ a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }]]);
    expect(textOf(wide)).toBe(inspect(wide));
  });

  test("shows the first hundred elements, of a million too", () => {
    expect(textOf(new Float32Array(1e6))).toMatch(
      /^Float32Array\(1000000\) \[\n.*\n {2}\.\.\. 999900 more items\n\]$/s,
    );
  });

  test("is cut when too long, and says by how much", () => {
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key${i}`, i]));
    const whole = inspect(wide);
    expect(textOf(wide)).toBe(`${whole.slice(0, 100_000)}\n… ${whole.length - 100_000} more characters`);
  });

  test("is never coloured, whatever the notebook has made of inspect's defaults", () => {
    const { colors = false } = inspect.defaultOptions;
    try {
      inspect.defaultOptions.colors = true;
      expect(textOf([1, "a"])).toBe("[ 1, 'a' ]");
    } finally {
      inspect.defaultOptions.colors = colors;
    }
  });
});

describe("looking at a value", () => {
  test("runs no getter", () => {
    let runs = 0;
    const get = () => ++runs;
    const lazy = Object.defineProperties({}, { data: { get, enumerable: true }, layout: { get } });
    expect(textOf(lazy)).toBe("{ data: [Getter] }");
    expect(showValue([lazy])).toEqual({ "text/plain": "[ { data: [Getter] } ]" });
    expect(runs).toBe(0);
  });

  test("survives values that throw", () => {
    const fail = () => {
      throw new Error("untouchable");
    };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(textOf(proxy)).toBe("<Revoked Proxy>");
    expect(textOf(new Proxy({ a: 1 }, { get: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail }))).toBe(
      "{ a: 1 }",
    );
    expect(textOf({ [inspect.custom]: fail })).toContain("[Symbol(nodejs.util.inspect.custom)]");
    expect(textOf(Object.defineProperty({}, Symbol.toStringTag, { get: fail }))).toBe(
      "[object that cannot be inspected]",
    );
  });
});

describe("a value that shows itself", () => {
  test("is shown by the forms it gives", () => {
    const forms = { "text/html": "<b>1</b>", "text/plain": "one" };
    expect(showValue(showing(() => forms))).toEqual(forms);
  });

  test("is called as a method", () => {
    class Badge {
      readonly level = 3;
      [displaySymbol]() {
        return { "text/plain": `level ${this.level}` };
      }
    }
    expect(textOf(new Badge())).toBe("level 3");
  });

  test("gets the text that it does not give", () => {
    const badge = { level: 1 };
    Object.defineProperty(badge, displaySymbol, { value: () => ({ "text/html": "<b>1</b>" }) });
    expect(showValue(badge)).toEqual({ "text/html": "<b>1</b>", "text/plain": "{ level: 1 }" });
  });

  test("may give bytes, lines of text and JSON with typed arrays", () => {
    const shown = showing(() => ({
      "image/png": new Uint8Array([1, 2, 3]),
      "text/html": ["<b>", "1</b>"],
      "application/json": { x: Float32Array.of(1, 2), lost: () => {} },
      "text/plain": "1",
    }));
    expect(showValue(shown)).toEqual({
      "image/png": "AQID",
      "text/html": "<b>1</b>",
      "application/json": { x: [1, 2] },
      "text/plain": "1",
    });
  });

  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  test.each([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["gives nothing", () => undefined],
    ["gives no form", () => ({})],
    ["gives a promise", async () => ({ "text/plain": "late" })],
    ["gives what is no MIME type", () => ({ html: "<b>" })],
    ["gives a number as HTML", () => ({ "text/html": 1 })],
    ["gives JSON that is none", () => ({ "application/json": circular })],
  ])("is text when its method %s", (_name, forms) => {
    const value = Object.defineProperty({ a: 1 }, displaySymbol, { value: forms });
    expect(showValue(value)).toEqual({ "text/plain": "{ a: 1 }" });
  });
});

describe("a Plotly figure", () => {
  test("is drawn, its typed arrays as lists", () => {
    const figure = { data: [{ type: "bar", y: Float64Array.of(1, 2) }], layout: { height: 1 } };
    expect(showValue(figure)).toEqual({
      "application/vnd.plotly.v1+json": { data: [{ type: "bar", y: [1, 2] }], layout: { height: 1 } },
      "text/plain": "Plotly figure, 1 trace",
    });
  });

  test.each([{ data: [1], layout: {} }, { data: {}, layout: {} }, { data: [{}] }, { data: [{}], layout: [] }])(
    "is not %j",
    (value) => {
      expect(Object.keys(showValue(value)!)).toEqual(["text/plain"]);
    },
  );
});

describe("the bytes of an image", () => {
  test.each([
    ["image/png", "89504e470d0a1a0a0000000d"],
    ["image/jpeg", "ffd8ffe000104a464946"],
    ["image/gif", "474946383961"],
    ["image/webp", "524946460a0000005745425056503820"],
  ])("are shown as %s", (type, hex) => {
    const bytes = Buffer.from(hex, "hex");
    const name = type.slice(6).toUpperCase();
    const bundle = { [type]: bytes.toString("base64"), "text/plain": `${name} image, ${bytes.length} bytes` };
    expect(showValue(bytes)).toEqual(bundle);
    expect(showValue(Uint8Array.from([0, ...bytes]).subarray(1))).toEqual(bundle);
  });

  test("are text when they are none", () => {
    expect(showValue(Uint8Array.of(1, 2))).toEqual({ "text/plain": "Uint8Array(2) [ 1, 2 ]" });
  });
});
