import { createRequire } from "node:module";
import type TS from "typescript";
import { afterEach, describe, expect, test } from "vitest";
import type { MimeBundle } from "../../messages.js";
import { ts } from "../typescript.js";
import { announceHost } from "./retroprop-host.js";
import { createTslabModule, type Display, tslabTypes } from "./tslab-module.js";

type Shown = readonly [
  bundle: MimeBundle,
  options: { readonly displayId?: string; readonly update?: boolean } | undefined,
];

function recorded(): { readonly shown: Shown[]; readonly tslab: ReturnType<typeof createTslabModule> } {
  const shown: Shown[] = [];
  return { shown, tslab: createTslabModule((bundle, options) => shown.push([bundle, options])) };
}

/** One call of each of tslab's own methods. */
const calls: readonly [keyof Display, (display: Display) => void][] = [
  ["javascript", (display) => display.javascript("1")],
  ["html", (display) => display.html("<b>")],
  ["markdown", (display) => display.markdown("*a*")],
  ["latex", (display) => display.latex("$a$")],
  ["svg", (display) => display.svg("<svg/>")],
  ["png", (display) => display.png(Uint8Array.of(1, 2, 3).subarray(1))],
  ["jpeg", (display) => display.jpeg(Buffer.from([1]))],
  ["gif", (display) => display.gif(Uint8Array.of(1))],
  ["pdf", (display) => display.pdf(Uint8Array.of(1))],
  ["text", (display) => display.text("a")],
  ["raw", (display) => display.raw("application/json", '{"a":1}')],
  ["raw", (display) => display.raw("image/webp", Uint8Array.of(1))],
];

describe("beside stock tslab", () => {
  const stock = stockDisplays();

  test.each(calls)("%s sends the same bundle", (_name, call) => {
    const { shown, tslab } = recorded();
    call(tslab.display);
    call(stock.display);
    expect(shown).toEqual([[stock.sent.pop()!.data, undefined]]);
  });

  test("the module has the same members", () => {
    expect(Object.keys(recorded().tslab).sort()).toEqual(["display", "newDisplay", "versions"]);
    expect(Object.keys(recorded().tslab.versions)).toEqual(Object.keys(stock.versions));
  });
});

test("newDisplay shows once, then puts each content in the place of the last", () => {
  const { shown, tslab } = recorded();
  const [first, second] = [tslab.newDisplay(), tslab.newDisplay()];
  first.text("1/2");
  first.html("2/2");
  second.text("other");
  const [, { displayId, update } = {}] = shown[0]!;
  expect(update).toBe(false);
  expect(displayId).toMatch(/./);
  expect(shown[1]).toEqual([{ "text/html": "2/2" }, { displayId, update: true }]);
  expect(shown[2]![1]).toMatchObject({ update: false });
  expect(shown[2]![1]!.displayId).not.toBe(displayId);
});

test("a bundle shows one content in several forms", () => {
  const { shown, tslab } = recorded();
  tslab.display.bundle({ "text/html": "<b>", "image/png": Uint8Array.of(1, 2, 3), "application/json": [1] });
  expect(shown).toEqual([[{ "text/html": "<b>", "image/png": "AQID", "application/json": [1] }, undefined]]);
});

test("its functions need no object before them", () => {
  const { shown, tslab } = recorded();
  const { html } = tslab.display;
  html("<b>");
  expect(shown).toHaveLength(1);
});

test("what cannot be shown is refused with what would be", () => {
  const { tslab } = recorded();
  expect(() => tslab.display.html(1 as unknown as string)).toThrow(
    "display: text/html is shown from a string or a Uint8Array, received number",
  );
  expect(() => tslab.display.raw("html", "<b>")).toThrow('such as { "text/html": "…" }, received a key "html"');
  expect(() => tslab.display.bundle({})).toThrow("received object without any");
});

describe("the types", () => {
  test("are those of tslab, and more", () => {
    const errors = typeErrors(`
      import { display, newDisplay, versions, type Display } from "tslab";
      import type * as stock from "stock";
      const asBefore: stock.Display = display;
      const place: Display = newDisplay();
      place.bundle({ "text/html": "<b>", "image/png": new Uint8Array(1), "application/json": { a: 1 } });
      const words: string[] = [versions.tslab, versions.typescript, versions.node];
      export { asBefore, words };
    `);
    expect(errors).toEqual([]);
  });

  test("refuse text where bytes are shown", () => {
    expect(typeErrors('import { display } from "tslab"; display.png("a");')).toEqual([
      "Argument of type 'string' is not assignable to parameter of type 'Uint8Array<ArrayBufferLike>'.",
    ]);
  });

  test("document every method", () => {
    const declared = tslabTypes.split("\n").filter((line) => /^ {2}\w+\(.*\): void;$/.test(line));
    expect(declared.map((line) => /\w+/.exec(line)![0])).toEqual(Object.keys(recorded().tslab.display));
    expect(tslabTypes).not.toMatch(/(?<!\*\/)\n {2}\w+\(/);
  });
});

describe("the host that libraries find", () => {
  const hostSymbol = Symbol.for("retroprop.host");
  const announced = globalThis as { [hostSymbol]?: { display: (...message: unknown[]) => void } };

  afterEach(() => {
    delete announced[hostSymbol];
  });

  test("shows bundles, ready to be sent, and passes on where", () => {
    const shown: Shown[] = [];
    announceHost((bundle, options) => shown.push([bundle, options]));
    announced[hostSymbol]!.display({ "image/png": Uint8Array.of(1, 2, 3) }, { displayId: "a", update: true });
    expect(shown).toEqual([[{ "image/png": "AQID" }, { displayId: "a", update: true }]]);
  });

  test("is the last announced, and no global that one meets", () => {
    announceHost(() => {
      throw new Error("the first");
    });
    announceHost(() => {});
    announced[hostSymbol]!.display({ "text/plain": "a" });
    expect(Object.getOwnPropertyDescriptor(globalThis, hostSymbol)!.enumerable).toBe(false);
  });
});

/** tslab's own displays, and what they send. */
function stockDisplays() {
  const require = createRequire(import.meta.url);
  const sent: { readonly data: MimeBundle }[] = [];
  const jupyter = require("tslab/dist/jupyter.js");
  jupyter.lastWriteDisplayData = (content: { readonly data: MimeBundle }) => sent.push(content);
  const { display, versions } = require("tslab/dist/public.js") as { display: Display; versions: object };
  return { display, versions, sent };
}

function typeErrors(code: string): string[] {
  const stock = createRequire(import.meta.url).resolve("tslab/dist/public.d.ts");
  const texts = new Map([
    ["/cell.ts", code],
    ["/tslab.d.ts", tslabTypes],
    ["/stock.d.ts", ts.sys.readFile(stock)!],
  ]);
  const options: TS.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2020.d.ts"],
    types: [],
    paths: { tslab: ["/tslab.d.ts"], stock: ["/stock.d.ts"] },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, version) =>
    texts.has(path) ? ts.createSourceFile(path, texts.get(path)!, version) : getSourceFile(path, version);
  const program = ts.createProgram(["/cell.ts", "/tslab.d.ts"], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}
