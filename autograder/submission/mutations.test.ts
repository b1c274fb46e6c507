// Notebooks and archives changed at random: whatever comes is taken or refused, and never by a fault of ours.
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import fc from "../../test/properties.js";
import { compiles } from "./early-error.js";
import { classOf, removeClasses } from "./fixtures/class-folder.js";
import { makeTar, makeTarGz, makeZip } from "./fixtures/make-archive.js";
import { exercises } from "./fixtures/tp1-exercises.js";
import { readHandIn } from "./read-submissions.js";
import { readStatements } from "./statements.js";
import type { Refusal, Submission } from "./submission.js";
import { takeIn } from "./take-in.js";

afterAll(removeClasses);

type Json = Record<string, unknown>;
const solved = JSON.parse(readFileSync(new URL("../../solutions/tp1.ipynb", import.meta.url), "utf8")) as Json;
const cells = (solved["cells"] as Json[])
  .filter(({ metadata }) => /exercise|question|check/.test(JSON.stringify(metadata)))
  .map((cell) => ({ ...cell, outputs: [] }));
const notebook = { ...solved, cells };
const text = JSON.stringify(notebook);

/** One change in one cell, or of their order. */
const change = fc.oneof(
  fc.record({ kind: fc.constant("remove"), key: fc.constantFrom("source", "metadata", "id", "cell_type") }),
  fc.record({
    kind: fc.constant("set"),
    key: fc.constantFrom("source", "metadata", "id", "cell_type"),
    value: fc.jsonValue(),
  }),
  fc.record({ kind: fc.constant("type"), value: fc.constantFrom("code", "markdown", "raw") }),
  fc.record({ kind: fc.constantFrom("drop", "copy", "first", "last", "null") }),
  fc.record({ kind: fc.constant("cut"), at: fc.nat(400) }),
  fc.record({
    kind: fc.constant("insert"),
    at: fc.nat(400),
    value: fc.constantFrom("{", "}", "`", "/*", "\0", "await ", "\ud800"),
  }),
);
type Change = { kind: string; key?: string; value?: unknown; at?: number };

function apply(list: unknown[], place: number, { kind, key = "", value, at = 0 }: Change): void {
  const i = place % Math.max(1, list.length);
  const cell = list[i];
  if (typeof cell !== "object" || cell === null) return;
  const source = [(cell as Json)["source"]].flat().join("");
  const { [key]: _, ...without } = cell as Json;
  const changed: Record<string, () => unknown> = {
    remove: () => list.splice(i, 1, without),
    set: () => list.splice(i, 1, { ...cell, [key]: value }),
    type: () => list.splice(i, 1, { ...cell, cell_type: value }),
    drop: () => list.splice(i, 1),
    copy: () => list.splice(i, 0, cell),
    first: () => list.unshift(...list.splice(i, 1)),
    last: () => list.push(...list.splice(i, 1)),
    null: () => list.splice(i, 1, null),
    cut: () => list.splice(i, 1, { ...cell, source: source.slice(0, at) }, { ...cell, source: source.slice(at) }),
    insert: () => list.splice(i, 1, { ...cell, source: source.slice(0, at) + value + source.slice(at) }),
  };
  changed[kind]?.();
}

describe("a notebook changed at random", () => {
  it("is taken, each exercise found or said to be missing, or refused with a sentence", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100), change), { minLength: 1, maxLength: 12 }), (changes) => {
        const list: unknown[] = [...cells];
        for (const [place, one] of changes) apply(list, place, one);
        expectTaken(JSON.stringify({ ...notebook, cells: list }));
      }),
      { numRuns: 40 },
    );
  });

  it("even in its bytes", () => {
    const cut = fc.tuple(
      fc.nat(text.length),
      fc.nat(50),
      fc.constantFrom("", '"', "}", "]", "\n<<<<<<< a\n", "\0", "é"),
    );
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 3 }), (cuts) => {
        expectTaken(cuts.reduce((all, [at, length, put]) => all.slice(0, at) + put + all.slice(at + length), text));
      }),
      { numRuns: 40 },
    );
  });
});

describe("an archive changed at random", () => {
  const members = [
    { name: "Dupont_1_assignsubmission_file_/tp1.ipynb", content: text },
    { name: "Roy_2_assignsubmission_file_/tp1.ts", content: "export function softmax(x) { return x; }" },
  ];
  const archives = {
    "a.zip": makeZip(members),
    "a.tar": makeTar([...members, { name: "x", content: "13 path=a.ts\n", type: "x" }]),
    "a.tgz": makeTarGz(members),
  };

  it("is taken or refused", async () => {
    const name = fc.constantFrom(...(Object.keys(archives) as (keyof typeof archives)[]));
    const patch = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ minLength: 1, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.array(patch, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (name, patches, cut) => {
          const bytes = Buffer.from(archives[name]);
          for (const [share, put] of patches) bytes.set(put, Math.floor(share * (bytes.length - put.length)));
          const end = cut ? Math.floor(patches[0]![0] * bytes.length) : bytes.length;
          const found = await takeIn([`${classOf({ [name]: bytes.subarray(0, end) })}/${name}`]);
          expect(found).not.toHaveLength(0);
          for (const one of found) if ("refused" in one) expectReason(one);
        },
      ),
      { numRuns: 100 },
    );
  });
});

function expectTaken(content: string): void {
  const files = [{ name: "a.ipynb", bytes: Buffer.from(content) }];
  const taken = readHandIn({ student: "a", handedInAs: "a.ipynb", files, texts: [], notices: [] }, exercises);
  if ("refused" in taken) expectReason(taken);
  else expectWhole(taken);
}

function expectReason({ refused }: Refusal): void {
  expect(refused).toMatch(/^[\p{L}«]/u);
  expect(refused).not.toMatch(/par notre faute|undefined|\[object/);
}

function expectWhole({ exercises: found, missing, program }: Submission): void {
  for (const { id } of exercises) expect(found.has(id)).not.toBe(missing.has(id));
  expect(compiles(program, readStatements({ place: "a.ts", text: program }).statements)).toBe(true);
}
