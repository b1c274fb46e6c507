import { createRequire } from "node:module";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { showValue } from "../../kernel/engine/values/show-value.js";
import { Tensor } from "../autograd/tensor.js";
import { array } from "../nd/creation.js";
import { LinearNetwork } from "../nn/networks.js";
import { Parameter } from "../nn/parameter.js";
import { SGD } from "../optim/sgd.js";
import { plotCurves } from "../plot/curves.js";
import { plotGraph } from "../plot/graph.js";
import { displaySymbol } from "../plot/show-itself.js";
import type { MimeBundle } from "./bundle.js";
import { type DisplayOptions, hostSymbol } from "./host.js";
import { show } from "./show.js";
import { table } from "./table.js";

const figure = plotCurves([{ y: [3, 2, 1] }], { yTitle: "perte" });
const announced = globalThis as { [hostSymbol]?: unknown };

/** What a kernel receives that asks a value how it looks. */
const ownBundle = (value: object): unknown => (value as { [displaySymbol](): unknown })[displaySymbol]();

afterEach(() => {
  delete announced[hostSymbol];
});

test("in a plain script, the bundle is returned: live figure, static drawing, words", () => {
  const bundle = show(figure)!;
  expect(bundle["application/vnd.plotly.v1+json"]).toMatchObject(figure);
  expect(bundle["text/html"]).toMatch(/^<svg /);
  expect(bundle["text/plain"]).toBe("Courbes : perte selon époque. 3 points, de 3 à 1.");
});

test("a figure that is a drawing alone is shown in a frame that scrolls, and in words", () => {
  expect(show({ svg: "<svg/>", alt: "Graphe" })).toEqual({
    "text/html": '<div style="overflow-x:auto"><svg/></div>',
    "text/plain": "Graphe",
  });
});

test("a figure shows itself by a method that does not change how it prints, compares or travels", () => {
  const copy = { ...figure };
  expect(ownBundle(figure)).toEqual(show(figure));
  expect(inspect(figure)).toBe(inspect(copy));
  expect(figure).toStrictEqual(copy);
  expect(structuredClone(figure)).toEqual(copy);
  expect(show(copy)).toEqual(show(figure));
});

test("drawings and tables show themselves too", () => {
  const drawing = plotGraph({ data: array(2), requireGrad: true, inputs: [] });
  const rows = table([{ a: 1 }]);
  expect(ownBundle(drawing)).toEqual(show({ ...drawing }));
  expect(ownBundle(rows)).toEqual({ ...rows });
});

test("what shows itself is shown as it wants, with the text of console.log when it gives none", () => {
  const badge = { [displaySymbol]: () => ({ "text/html": "<b>1</b>" }), level: 1 };
  expect(show(badge)).toEqual({ "text/html": "<b>1</b>", "text/plain": inspect(badge) });
});

test("a kernel that announces itself receives the bundle, and nothing is returned", () => {
  const received: [MimeBundle, DisplayOptions?][] = [];
  announced[hostSymbol] = { display: (...message: [MimeBundle, DisplayOptions?]) => received.push(message) };
  expect(show("bonjour")).toBeUndefined();
  expect(received).toEqual([[{ "text/plain": "bonjour" }]]);
});

test("a bundle goes through as it is, other values as console.log prints them", () => {
  const bundle = table([{ a: 1 }]);
  expect(show(bundle)).toBe(bundle);
  expect(show(array([1, 2]))).toEqual({ "text/plain": "array([1., 2.])" });
  expect(show(undefined)).toEqual({ "text/plain": "undefined" });
});

describe("the result of a cell looks as with show, in our kernel", () => {
  test.each<[string, object]>([
    ["a figure", figure],
    ["a drawing", plotGraph({ data: array(2), requireGrad: true, inputs: [] })],
    ["a table", table([{ a: 1 }])],
    [
      "an array",
      array([
        [1, 2],
        [3, 4],
      ]),
    ],
    ["a tensor", new Tensor(array([1, 2]), { requireGrad: true })],
    ["a parameter", new Parameter(array([1, 2]), "b")],
    ["a network", new LinearNetwork(4, 2)],
    ["an optimiser", new SGD(new LinearNetwork(4, 2).parameters(), { learningRate: 0.1 })],
  ])("%s", (_name, value) => {
    expect(showValue(value)).toEqual(show(value));
  });
});

describe("in stock tslab's own handler", () => {
  test("a figure is one display_data with all its forms", async () => {
    const messages = await runCellInTslab(() => show(figure));
    expect(messages).toHaveLength(1);
    expect(Object.keys(messages[0]!.data)).toEqual(["application/vnd.plotly.v1+json", "text/html", "text/plain"]);
    expect(messages[0]).toMatchObject({ metadata: {}, update: false });
  });

  test("what its busy socket refuses comes after the cell, in order, and ends no cell", async () => {
    const busy = Object.assign(new Error("Socket is busy writing"), { code: "EBUSY" });
    let refusals = 2;
    const messages = await runCellInTslab(
      () => {
        show("one");
        show("two");
        show("three");
      },
      () => {
        if (refusals-- > 0) throw busy;
      },
    );
    expect(messages).toEqual([]);
    await vi.waitFor(() => expect(messages).toHaveLength(3), { timeout: 20_000 });
    expect(messages.map(({ data }) => data)).toEqual(["one", "two", "three"].map((text) => ({ "text/plain": text })));
  });

  test("any other fault of its socket is told", async () => {
    const fault = () => {
      throw new Error("closed");
    };
    const cell = () => void expect(() => show("one")).toThrow("closed");
    expect(await runCellInTslab(cell, fault)).toEqual([]);
  });
});

interface DisplayMessage {
  readonly data: object;
  readonly metadata: object;
  readonly update: boolean;
}

/** tslab's message handler as it is, with a function in the place of a cell, and `send` in that of the socket. */
async function runCellInTslab(cell: () => void, send: () => void = () => {}): Promise<DisplayMessage[]> {
  const require = createRequire(import.meta.url);
  const execute = async () => {
    cell();
    return true;
  };
  const { JupyterHandlerImpl } = require("tslab/dist/jupyter.js");
  const handler = new JupyterHandlerImpl({ execute, close() {} }, false);
  const messages: DisplayMessage[] = [];
  const { stdout, stderr } = process;
  const writers = [stdout.write, stderr.write] as const;
  try {
    await handler.handleExecute(
      { code: "" },
      () => {},
      (content: Omit<DisplayMessage, "update">, update: boolean) => {
        send();
        messages.push({ ...content, update });
      },
    );
  } finally {
    [stdout.write, stderr.write] = writers;
    delete require.cache[require.resolve("tslab/dist/jupyter.js")];
  }
  return messages;
}
