import { afterEach, beforeEach, expect, it } from "vitest";
import { type MiniCourse, miniCourse } from "../fixtures/mini-course.js";
import { cutSources } from "./cut.js";

let course: MiniCourse;
beforeEach(() => {
  course = miniCourse();
  course.write("src/answer.ts", "// The answer.\nexport function answer(): number {\n  return 42;\n}\n");
});
afterEach(() => course.remove());

/** What remains of `src` without the answer, when `index` is its entry. */
function remains(index: string, files: Record<string, string> = {}): Map<string, string> {
  course.write("src/index.ts", index);
  for (const [file, text] of Object.entries(files)) course.write(`src/${file}`, text);
  return cutSources(course.root, ["src"], { entries: ["src/index.ts"], without: ["src/answer.ts#answer"] });
}

it("a declaration goes, and its file once it is empty", () => {
  const files = remains('export { answer } from "./answer.js";\nexport const one = 1;\n');
  expect([...files.keys()]).toEqual(["src/index.ts"]);
  expect(files.get("src/index.ts")!.trim()).toBe("export const one = 1;");
});

it.each([
  ["calls it", 'import { answer } from "./answer.js";\nexport const use = () => answer();'],
  ["calls it by another name", 'import { answer as a } from "./answer.js";\nexport const use = () => a();'],
  ["has it in an object", 'import { answer } from "./answer.js";\nexport const use = { answer };'],
  ["takes it from the whole module", 'import * as all from "./answer.js";\nexport const use = () => all.answer();'],
  ["takes it by a string", 'import * as all from "./answer.js";\nexport const use = () => all["answer"]();'],
  ["hands the whole module on", 'import * as all from "./answer.js";\nexport const use = () => Object.values(all);'],
  ["imports it while running", 'export const use = async () => (await import("./answer.js")).answer();'],
  ["knows its type", 'import { answer } from "./answer.js";\nexport type Use = ReturnType<typeof answer>;'],
  ["knows the type of its module", 'export type Use = import("./answer.js").answer;'],
  [
    "extends what calls it",
    'import { answer } from "./answer.js";\nclass A { x = answer(); }\nexport class Use extends A {}',
  ],
  ["reaches it over other files", 'import { relay } from "./relay.js";\nexport const use = () => relay();'],
  ["calls it when it is loaded", 'import { answer } from "./answer.js";\nglobalThis.Number(answer());'],
])("what %s goes with it", (_, code) => {
  const relay = 'import { again } from "./again.js";\nexport const relay = () => again();\n';
  const again = 'export { answer as again } from "./answer.js";\n';
  const files = remains('export * from "./use.js";\nexport * from "./vector.js";\n', {
    "use.ts": `${code}\n`,
    "relay.ts": relay,
    "again.ts": again,
  });
  expect([...files.keys()]).toEqual(["src/index.ts", "src/vector.ts"]);
  expect([...files.values()].join()).not.toMatch(/answer|use\.js/i);
});

it("what nobody but the answer needed goes too, and what the library exports stays", () => {
  const files = remains('export { answer, type Options } from "./answer.js";\nexport { half } from "./half.js";\n', {
    "answer.ts":
      'import { half } from "./half.js";\nimport { secret } from "./secret.js";\n\n/** How. */\nexport interface Options {}\n' +
      "const trick = 1;\n/** Documented. */\nexport const answer = (o: Options) => half(84) + trick + secret;\n",
    "half.ts": "export const half = (x: number) => x / 2;\nexport const unused = 3;\n",
    "secret.ts": "export const secret = 7;\n",
  });
  expect([...files.keys()]).toEqual(["src/answer.ts", "src/half.ts", "src/index.ts"]);
  expect(files.get("src/answer.ts")!.trim()).toBe("/** How. */\nexport interface Options {}");
  expect(files.get("src/half.ts")!.trim()).toBe("export const half = (x: number) => x / 2;");
  expect(files.get("src/index.ts")).toContain("export { type Options } from");
});

it("comments go with their statement, those that open the file stay", () => {
  const files = remains('export * from "./mixed.js";\n', {
    "mixed.ts":
      '// What this file is.\nimport { answer } from "./answer.js";\n\n// First the hint.\nexport const use = answer(); // and the trick\n\n' +
      "// About one.\nexport const one = 1; // one\n",
  });
  const text = files.get("src/mixed.ts")!;
  expect(text).toMatch(/^\/\/ What this file is\.\n/);
  expect(text).toContain("// About one.\nexport const one = 1; // one");
  expect(text).not.toMatch(/hint|trick/);
});

it("imports are shortened to the names that are still needed", () => {
  const files = remains('export { rest } from "./use.js";\n', {
    "things.ts": "export const a = 1;\nexport type B = number;\nexport default 5;\n",
    "use.ts":
      'import { answer } from "./answer.js";\nimport five, { a, type B } from "./things.js";\nimport { join, sep } from "node:path";\n' +
      "export const use = answer() + a + five + sep;\nexport const rest = (b: B) => join(String(b));\n",
  });
  expect(files.get("src/use.ts")!.trim()).toBe(
    'import { type B } from "./things.js";\nimport { join } from "node:path";\nexport const rest = (b: B) => join(String(b));',
  );
});

it("names passed on from a package, and what runs when a file is loaded, stay", () => {
  const effect = 'import { tune } from "./tune.js";\ntune(1);\nexport const one = 1;\n';
  const files = remains('export { join } from "node:path";\nexport { one } from "./effect.js";\n', {
    "effect.ts": effect,
    "tune.ts": "export const tune = (x: number) => x;\n",
  });
  expect(files.get("src/index.ts")).toContain('export { join } from "node:path";');
  expect(files.get("src/effect.ts")).toBe(effect);
  expect(files.has("src/tune.ts")).toBe(true);
});

it("overloads go and stay together", () => {
  const overloads =
    "export function f(x: number): number;\nexport function f(x: string): string;\nexport function f(x: never): unknown {\n  return x;\n}\n";
  const files = remains('export { f } from "./f.js";\nexport { answer } from "./answer.js";\n', {
    "f.ts": overloads,
    "answer.ts": overloads.replaceAll("f(", "answer("),
  });
  expect(files.get("src/f.ts")).toBe(overloads);
  expect(files.has("src/answer.ts")).toBe(false);
});

it("an answer that is not where it is said to be is an error, not an edition", () => {
  const cut = (symbol: string) => () =>
    cutSources(course.root, ["src"], { entries: ["src/index.ts"], without: [symbol] });
  expect(cut("src/answer.ts#anser")).toThrow("src/answer.ts:1: no `anser` at its top level");
  expect(cut("src/nowhere.ts#answer")).toThrow("src/nowhere.ts:1: missing");
});
