import { existsSync, readFileSync } from "node:fs";
import * as library from "retroprop";
import { expect, it } from "vitest";
import { readLesson } from "./build/course-source.js";
import { generate } from "./build/generate.js";
import { leakProblems } from "./build/leak.js";
import { lessonLaws } from "./build/source-laws.js";
import { tps } from "./manifest.js";

it.each(tps)("what is generated of $name is what its sources give: if not, run `retroprop build`", (tp) => {
  const { files } = generate(".", tp);
  const outdated = [...files.keys()].filter(
    (file) => !existsSync(file) || readFileSync(file, "utf8") !== files.get(file),
  );
  expect(outdated).toEqual([]);
});

const builtIn = new Set(["Math.sqrt", "console.log", "layers.push", "xs.entries", "tape.reverse"]);
const members = [library.NdArray, library.RandomGenerator].flatMap((one) => Object.getOwnPropertyNames(one.prototype));

it.each(tps)("every exercise of $name has hints, in French as it is typeset, that do not give it away", (tp) => {
  const generated = generate(".", tp);
  const { lesson } = generated.source;
  expect(lesson.hints.length).toBeGreaterThanOrEqual(2 * tp.exercises.length);
  expect(lessonLaws.flatMap(({ problems }) => problems({ tp, lesson }, "."))).toEqual([]);
  expect(leakProblems(generated)).toEqual([]);
});

it.each(tps)("the functions of the table of names of $name exist", (tp) => {
  const { names, cells } = readLesson(".", tp);
  const imported = cells.find(({ id }) => id === "imports")!.source;
  const isThere = (call: string): boolean => {
    const member = call.replace(/^.*\./, "");
    if (builtIn.has(call)) return true;
    return call.includes(".") ? members.includes(member) : new RegExp(`\\b${member},`).test(imported);
  };
  const calls = names.flatMap(({ typescript }) => typescript.match(/[\w.]{2,}(?=\()/g) ?? []);
  expect(calls.length).toBeGreaterThan(15);
  expect(calls.filter((call) => !isThere(call) && call !== "super")).toEqual([]);
});
