import { expect, it } from "vitest";
import { formatProblem } from "./course-error.js";
import { lesson, tp9 } from "./fixtures/mini-course.js";
import { parseLesson } from "./lesson.js";
import { lessonLaws } from "./source-laws.js";

const file = "course/tp9/lesson.fr.md";

/** What the law of this name says of a lesson. */
const told = (name: string, text: string): string[] =>
  lessonLaws
    .filter((law) => law.name === name)
    .flatMap(({ problems }) => problems({ tp: tp9, lesson: parseLesson(file, text) }, "."))
    .map(formatProblem);

it("an exercise with one hint is told at its line, one with two is not", () => {
  const law = "an exercise has at least 2 hints";
  const line = lesson.split("\n").indexOf("```ts exercise=tp9.double") + 1;
  expect(told(law, lesson)).toEqual([]);
  expect(told(law, lesson.replace("```md hint=tp9.double\nQue fait une somme ?\n```\n", ""))).toEqual([
    `${file}:${line}: \`tp9.double\` has 1 of 2 hints: write \`md hint=tp9.double\` below it`,
  ]);
});

it("the French of hints and of names is held to the same rules as the text's", () => {
  const law = "the French is typeset as French";
  const lines = (text: string) => told(law, text).map((one) => Number(one.split(":")[1]));
  const at = (text: string) => lesson.split("\n").findIndex((line) => line.includes(text)) + 1;
  expect(told(law, lesson)).toEqual([]);
  expect(lines(lesson.replace("Combien de pas ?", "Combien de pas?"))).toEqual([at("Combien de pas")]);
  expect(lines(lesson.replace("« terme à terme »", '"terme à terme"'))).toEqual([at("terme à"), at("terme à")]);
});
