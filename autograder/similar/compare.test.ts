import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { clustersOf } from "./clusters.js";
import { commonPassages } from "./common-passages.js";
import { compareWorks, type Pair } from "./compare.js";
import { excerptsOf } from "./excerpts.js";
import { notebook, tryWork, variant, work } from "./fixtures/works.js";

const tp1 = ["array-formulas", "double-precision", "plain-lists", "plain-loops", "terse", "with-classes"];
const tp2 = ["double-precision", "expressions", "plain-lists", "sub-modules", "with-classes"];
const independent = tp1.map((name) => work(name, variant(name)));

const pairOf = (pairs: readonly Pair[], ...names: readonly string[]): Pair | undefined =>
  pairs.find(({ a, b }) => names.includes(a.student) && names.includes(b.student));

test("what TypeScript would read for hours is not compared, and said not to be", () => {
  const endless = `type X = A extends ${"(infer U extends ".repeat(40)}1${" ? 1 : 1)".repeat(40)} ? 1 : 1;`;
  expect(tryWork("alice", endless, { limitMs: 200 })).toMatchObject({ reason: expect.stringMatching(/trop de temps/) });
});

describe("independent answers", () => {
  test("to TP1 in six styles share little, and none of them is to be read", () => {
    const { pairs } = compareWorks(independent);
    expect(pairs.filter(({ level }) => level !== "weak")).toEqual([]);
    expect(Math.max(...pairs.map(({ share }) => share))).toBeLessThan(0.12);
  });

  test("to TP2 neither", () => {
    const { pairs } = compareWorks(tp2.map((name) => work(name, variant(name, "tp2"), { tp: "tp2" })));
    expect(pairs.filter(({ level }) => level !== "weak")).toEqual([]);
    expect(Math.max(...pairs.map(({ share }) => share))).toBeLessThan(0.12);
  });

  test("the course's own code makes no pair: the stub, and a notebook nobody touched", () => {
    const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
    const works = ["stub", "other"].map((name) => work(name, read("exercises/tp1.ts")));
    const opened = ["n1", "n2"].map((name) => work(name, read("notebooks/tp1.ipynb"), { file: "tp1.ipynb" }));
    expect([...works, ...opened].map(({ tokens }) => tokens.codes.length)).toEqual([0, 0, 0, 0]);
    expect(compareWorks([...works, ...opened]).pairs).toEqual([]);
  });
});

const loops = variant("plain-loops");
const renamed = loops
  .replace(/\b(?:const|let) (\w+)\b/g, "$&")
  .replaceAll(/\b(?:result|row|scores|best|total|record|history)\b/g, "$&_mine");

describe("a copy is found", () => {
  test.each([
    ["with no change", loops],
    ["with other names", renamed],
    [
      "with other comments and layout",
      `// Mon travail.\n${loops.replaceAll(";\n", "; // ici\n\n").replaceAll("  ", "\t")}`,
    ],
    ["with its functions in another order", [...loops.split(/\n(?=export function|function)/)].reverse().join("\n")],
    ["with its variables declared apart", loops.replaceAll(/const (\w+) = /g, "let $1: any = ")],
    ["in a notebook, a function a cell", notebook(loops.split(/\n(?=export function|function)/))],
  ])("%s", (change, copy) => {
    expect(copy === loops).toBe(change === "with no change");
    const file = copy.startsWith("{") ? "tp1.ipynb" : "tp1.ts";
    const pair = pairOf(compareWorks([...independent, work("bob", copy, { file })]).pairs, "plain-loops", "bob");
    expect(pair?.level).toBe("strong");
    expect(pair?.share).toBeGreaterThan(0.6);
    expect(pair?.rareRuns).toBeGreaterThan(0);
  });

  test("whose names of the library are declared in a function that is there for nothing", () => {
    const decoy =
      "function decoy(zeros: any, exp: any, log: any, sgdStep: any, argmax: any, Math: any) { return zeros; }";
    const { pairs } = compareWorks([...independent, work("bob", `${decoy}\n${loops}`)]);
    expect(pairOf(pairs, "plain-loops", "bob")?.share).toBeGreaterThan(0.9);
  });

  test("of the training loop alone, in work that is otherwise somebody else's style", () => {
    const [, train = ""] = /(\nexport function trainLinear[\s\S]*)/.exec(loops) ?? [];
    const terse = variant("terse").replace(/\nexport function trainLinear[\s\S]*/, "");
    const others = independent.filter(({ student }) => student !== "terse");
    const { pairs } = compareWorks([...others, work("bob", `${terse}${train}`)]);
    const pair = pairOf(pairs, "plain-loops", "bob");
    expect(pair?.level).not.toBe("weak");
    expect(pair?.longest).toBeGreaterThan(80);
  });

  test("in each known mistake that was made from one loop, which is one author's", () => {
    const folder = new URL("../specs/tp1/mistakes/", import.meta.url);
    const files = readdirSync(folder).filter((name) => /^train-(?:last-loss|total-loss|never-calls)/.test(name));
    const works = files.map((name) => work(name, readFileSync(new URL(name, folder), "utf8")));
    expect(works).toHaveLength(3);
    const { pairs } = compareWorks([...independent, ...works]);
    expect(pairs.filter(({ level }) => level === "strong")).toHaveLength(3);
    expect(clustersOf(pairs).map((cluster) => cluster.works.length)).toEqual([3]);
  });

  test("and its passages are quoted as each wrote them", () => {
    const { pairs } = compareWorks([...independent, work("bob", renamed)]);
    const { a, b, runs } = pairOf(pairs, "plain-loops", "bob")!;
    const quote = (excerpts: ReturnType<typeof excerptsOf>) => excerpts.map(({ shared }) => shared).join();
    const [run] = runs;
    const [mine, theirs] = [quote(excerptsOf(a, run!.inA, run!.span)), quote(excerptsOf(b, run!.inB, run!.span))];
    expect(theirs.replaceAll("_mine", "")).toBe(mine);
    expect(mine.length).toBeGreaterThan(200);
  });
});

describe("who is compared", () => {
  const two = (options: Parameters<typeof work>[2], other: Parameters<typeof work>[2] = {}) =>
    compareWorks([...independent, work("Alice Martin", loops, options), work("Jean Dupont", loops, other)]);

  test("members of a team are not, and staff see that they were not", () => {
    const { pairs, together } = two({ team: { members: ["Martin Alice", "Dupont Jean"] } });
    expect(pairOf(pairs, "Alice Martin", "Jean Dupont")).toBeUndefined();
    expect(together.map(([a, b]) => [a.student, b.student])).toEqual([["Alice Martin", "Jean Dupont"]]);
  });

  test("a team of others excuses nobody", () => {
    expect(
      pairOf(two({ team: { members: ["Martin Alice", "Noël Émilie"] } }).pairs, "Alice Martin", "Jean Dupont"),
    ).toBeDefined();
  });

  test("what one student handed in twice is not, and counts once", () => {
    const { pairs, together } = compareWorks([work("alice.ts", loops), work("alice.ipynb", loops), work("bob", loops)]);
    expect(together).toHaveLength(1);
    expect(pairs.map(({ a, b }) => [a.student, b.student].sort().join())).toEqual(["alice.ts,bob", "alice.ipynb,bob"]);
  });

  test("those of another year are, with this year's only", () => {
    const { pairs } = two({ isEarlier: true });
    expect(pairOf(pairs, "Alice Martin", "Jean Dupont")?.level).toBe("strong");
    expect(two({ isEarlier: true }, { isEarlier: true }).pairs.every(({ a, b }) => !(a.isEarlier && b.isEarlier))).toBe(
      true,
    );
  });
});

describe("what many wrote", () => {
  const many = Array.from({ length: 12 }, (_, i) => work(`s${i}`, `${loops}\n${"// ".repeat(i)}`));

  test("makes no pair, and is shown once", () => {
    const { pairs, common } = compareWorks([
      ...independent.filter(({ student }) => student !== "plain-loops"),
      ...many,
    ]);
    expect(pairs.filter(({ level }) => level !== "weak")).toEqual([]);
    const passages = commonPassages(many, common);
    expect(passages[0]?.people).toBeGreaterThanOrEqual(12);
    expect(passages[0]?.excerpts[0]?.shared).toContain("for (");
  });

  test("a ring of six in a class of twelve is still one", () => {
    const { pairs } = compareWorks([...independent, ...many.slice(0, 6)]);
    expect(clustersOf(pairs)[0]?.works.length).toBe(7); // and the one they have it from
  });
});

describe("hostile hand-ins", () => {
  test.each<[string, string | Uint8Array]>([
    ["a megabyte of code", "const a = 1;\n".repeat(80_000)],
    ["a megabyte on one line", `const a = ${"1+".repeat(500_000)}1;`],
    ["brackets without end", `const a = ${"(".repeat(100_000)}`],
    ["blocks in blocks", "{".repeat(20_000)],
    ["async in async", `export function softmax() {} ${"async (a = ".repeat(60)}`],
    ["zeros", new Uint8Array(1000)],
    ["noise", Uint8Array.from({ length: 5000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24)],
    ["nothing", ""],
  ])(
    "%s: is compared, or said why not, soon",
    (what, text) => {
      const read = tryWork("x", text);
      if ("reason" in read) expect(read.reason.length).toBeGreaterThan(10);
      else if (/in blocks|in async/.test(what)) expect(read.isCut).toBe(true);
      else expect(compareWorks([read, ...independent]).pairs.filter(({ level }) => level !== "weak")).toEqual([]);
    },
    60_000,
  );

  test("two that repeat one line for ever are compared soon, and the page says they were cut", () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `f(x${i % 7}, g(y + ${i % 3}));`).join("\n");
    const [a, b] = [work("a", `${loops}\n${lines}`), work("b", `${lines}\n${loops}`)];
    expect(a!.isCut).toBe(true);
    expect(compareWorks([a!, b!]).pairs).toHaveLength(1);
  }, 60_000);
});
