// What students hand in outlives editions: the grader finds every exercise and every answer, whatever their notebook says.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readNotebook } from "../autograder/submission/notebook.js";
import { readLock } from "./build/ids-lock.js";
import { type Tp, tps } from "./manifest.js";

interface Cell {
  id: string;
  metadata: { retroprop?: Record<string, unknown> };
}
interface Notebook {
  cells: Cell[];
  metadata: { retroprop?: Record<string, unknown> };
}

/** The metadata of the first released edition: the TP's name, no exercises, no names, no hints. */
function asFirstEdition({ cells, metadata }: Notebook): void {
  const { edition, generatedFrom, tp } = metadata.retroprop!;
  metadata.retroprop = { edition, generatedFrom, tp };
  for (const cell of cells) delete cell.metadata.retroprop?.["hints"];
}

function withoutMetadata(notebook: Notebook): void {
  notebook.metadata = {};
  for (const cell of notebook.cells) cell.metadata = {};
}

function withHostileMetadata({ cells, metadata }: Notebook): void {
  Object.assign(metadata.retroprop!, { exercises: "all", names: [[]], title: { toString: null } });
  for (const { metadata } of cells) Object.assign(metadata.retroprop ?? {}, { hints: { length: 1e9 } });
}

it.each(
  tps.flatMap((tp) => [
    { tp, change: asFirstEdition, how: "with the metadata of the first edition" },
    { tp, change: withoutMetadata, how: "without metadata" },
    { tp, change: withHostileMetadata, how: "with metadata of any shape" },
  ]),
)("of $tp.name, $how, every exercise and answer is read", ({ tp, change }) => {
  const notebook = JSON.parse(readFileSync(`solutions/${tp.name}.ipynb`, "utf8")) as Notebook;
  const before = readings(notebook, tp);
  expect(Object.keys(before.exercises)).toEqual(tp.exercises.map(({ id }) => id));
  change(notebook);
  expect(readings(notebook, tp)).toEqual(before);
});

/** The code of each exercise, and the answers. */
function readings(notebook: Notebook, { exercises }: Tp) {
  const expected = exercises.map(({ id, symbol, python }) => ({ id, name: symbol.replace(/^.*#/, ""), python }));
  const { pieces, answers } = readNotebook(JSON.stringify(notebook), expected);
  const found = pieces.filter(({ text }) => !/^await check\(/m.test(text));
  const written = found.flatMap(({ exercises = [], text }) => exercises.map((id) => [id, text] as const));
  return { exercises: Object.fromEntries(written), answers };
}

it.each(tps)("the exercises and questions of $name keep the ids that students have", (tp) => {
  const locked = readLock(".", tp);
  const ids = [...tp.exercises, ...tp.questions].map(({ id }) => id.replace(".", "-"));
  expect(ids.filter((id) => !locked.includes(id))).toEqual([]);
});
