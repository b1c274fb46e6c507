import { afterEach, beforeEach, expect, it } from "vitest";
import { lesson, type MiniCourse, miniCourse, tp9 } from "./fixtures/mini-course.js";
import { generate } from "./generate.js";
import { leakProblems } from "./leak.js";

let course: MiniCourse;
beforeEach(() => {
  course = miniCourse();
});
afterEach(() => course.remove());

const lessonFile = "course/tp9/lesson.fr.md";
const line = lesson.split("\n").indexOf("Que fait une somme ?") + 1;

/** The lines of the lesson where something leaks, once the first hint says this. */
function leaks(hint: string): string[] {
  course.replace(lessonFile, "Que fait une somme ?", hint);
  return leakProblems(generate(course.root, tp9)).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

const told = `${lessonFile}:${line}: shows students a part of the solution of \`tp9.double\``;

it("a hint that quotes a line of the solution is told at its line, however it is spaced", () => {
  expect(leaks("Écrivez `const theSecretOfDoubling = add( x, x )`, puis renvoyez-le.")).toEqual([told]);
});

it("a short line suffices, without the words around it", () => {
  expect(leaks("Il reste à renvoyer `theSecretOfDoubling`.")).toEqual([told]);
});

it("a hint that speaks of the solution in words is none", () => {
  expect(leaks("La fonction `add` additionne deux vecteurs, et `x` en est un.")).toEqual([]);
});

it("a name beside Python's is no place for a solution either", () => {
  course.replace(lessonFile, "`add(a, b)`", "`for (let epoch = 0; epoch < epochs; epoch++) place = double(place)`");
  expect(leakProblems(generate(course.root, tp9)).map(({ message }) => message)).toEqual([
    "shows students a part of the solution of `tp9.walk`",
  ]);
});
