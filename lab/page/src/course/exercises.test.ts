import { expect, test } from "vitest";
import { checkMimeType } from "../../../course-notebook.js";
import { type CourseCell, pointsOf, readExercises } from "./exercises.js";

const tp = { exercises: [{ id: "tp1.softmax", name: "softmax", title: "Softmax sans débordement", points: 3 }] };

const exercise = (source: string, outputs: CourseCell["outputs"] = []): CourseCell => ({
  id: "e",
  type: "code",
  source,
  metadata: { kind: "exercise", exercise: "tp1.softmax", points: 3, hints: ["Un indice"] },
  outputs,
});

const check = (...outputs: CourseCell["outputs"]): CourseCell => ({
  id: "c",
  type: "code",
  source: "await check(…)",
  metadata: { kind: "check", exercise: "tp1.softmax" },
  outputs,
});

const found = (passed: number, tests = 4) => ({
  output_type: "execute_result",
  data: { [checkMimeType]: { exercise: "tp1.softmax", name: "softmax", passed, tests } },
});

const stub = 'function softmax() {\n  throw new Error("À compléter : softmax");\n}';
const state = (...cells: CourseCell[]) => readExercises(tp, cells)[0]!.state;

test("an exercise is read with its title, its hints and the cell that checks it", () => {
  expect(readExercises(tp, [exercise(stub), check()])).toEqual([
    {
      id: "tp1.softmax",
      title: "Softmax sans débordement",
      points: 3,
      cellId: "e",
      checkId: "c",
      hints: ["Un indice"],
      state: "todo",
      check: undefined,
    },
  ]);
});

test("what was never begun is to do, even once everything has been run", () => {
  expect(state(exercise(stub), check(found(0)))).toBe("todo");
  expect(state(exercise(stub, [{ output_type: "error" }]), check())).toBe("todo");
});

test("an exercise passes when all its visible tests do", () => {
  expect(state(exercise("return 1"), check(found(4)))).toBe("passing");
  expect(state(exercise("return 1"), check(found(3)))).toBe("failing");
  expect(state(exercise("return 1"), check(found(0, 0)))).toBe("failing");
});

test("an answer that was never checked is to do, one that does not run is to be looked at", () => {
  expect(state(exercise("return 1"), check())).toBe("todo");
  expect(state(exercise("return 1", [{ output_type: "error" }]), check())).toBe("failing");
});

test("the last check counts", () => {
  expect(state(exercise("return 1"), check(found(4), found(1)))).toBe("failing");
});

test("points are those of what passes", () => {
  const exercises = readExercises(tp, [exercise("return 1"), check(found(4)), { ...exercise(stub), id: "other" }]);
  expect(pointsOf(exercises)).toEqual({ earned: 6, all: 6 });
  expect(pointsOf(readExercises(tp, [exercise(stub), check()]))).toEqual({ earned: 0, all: 3 });
});

test("metadata that anyone may have written breaks nothing", () => {
  const strange: CourseCell[] = [
    { ...exercise(stub), metadata: { kind: "exercise" } },
    { ...exercise(stub), metadata: undefined },
    check({ data: { [checkMimeType]: "4 sur 4" } }),
  ];
  expect(readExercises(undefined, strange)).toEqual([]);
  expect(readExercises(undefined, [exercise("return 1"), strange[2]!])[0]).toMatchObject({
    title: "tp1.softmax",
    state: "todo",
  });
});
