import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as library from "../src/index.js";
import { examplesOf, examplesOfMarkdown, runExample } from "./documented-example.js";

const root = new URL("..", import.meta.url);

const sources = readdirSync(fileURLToPath(new URL("src", root)), { recursive: true, encoding: "utf8" })
  .map((path) => `src/${path.replaceAll("\\", "/")}`)
  .filter((path) => path.endsWith(".ts") && !/\.(test|d)\.ts$/.test(path) && !path.includes("/dist/"));
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const examples = [
  ...sources.flatMap((path) => examplesOf(path, read(path))),
  ...examplesOfMarkdown("README.md", read("README.md")),
];

describe("every example of the library and of README prints what it says", () => {
  test.each(examples)("$place", async ({ code }) => {
    const lines = await runExample(code, library);
    expect(lines.length, "an example holds at least one `expression // expected`").toBeGreaterThan(0);
    expect(lines.map(({ expression, received }) => [expression, received])).toEqual(
      lines.map(({ expression, expected }) => [expression, expected]),
    );
  });

  test("there are some", () => {
    expect(examples.length).toBeGreaterThan(10);
  });
});

describe("an example", () => {
  const scope = { twice: (x: number) => 2 * x };

  test("is run statement by statement, in order, awaiting what is awaited", async () => {
    const code =
      'import { twice } from "retroprop";\nconst x: number = await Promise.resolve(3);\ntwice(x) // 6\ntwice(x + 1); // 9';
    expect(await runExample(code, scope)).toEqual([
      { expression: "twice(x)", expected: "6", received: "6" },
      { expression: "twice(x + 1)", expected: "9", received: "8" },
    ]);
  });

  test("may print, quote its text, and go on over several lines", async () => {
    const code = 'console.log(`a\\nb`) // a\n               //b\n"x" // "x"';
    const lines = await runExample(code, scope);
    expect(lines.map(({ received }) => received)).toEqual(["a\nb", "x"]);
    expect(lines.map(({ expected }) => expected)).toEqual(["a\nb", "x"]);
  });

  test("that throws, or names what does not exist, fails", async () => {
    await expect(runExample("thrice(2) // 6", scope)).rejects.toThrow("thrice is not defined");
  });

  test("is found in docstrings and in Markdown, with its place", () => {
    const source =
      "/**\n * Doubles.\n *\n * @example\n * twice(2) // 4\n *\n * @param x any\n */\nexport const twice = (x: number) => 2 * x;";
    expect(examplesOf("a.ts", source)).toEqual([{ place: "a.ts:4", code: "twice(2) // 4" }]);
    const markdown = "# Title\n\n```ts\ntwice(2) // 4\n```\n\n```sh\nnpm test\n```\n";
    expect(examplesOfMarkdown("README.md", markdown)).toEqual([{ place: "README.md:3", code: "twice(2) // 4\n" }]);
  });
});
