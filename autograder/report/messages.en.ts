// The English of the reports, for students who read it better; titles and messages of tests stay in French.
import type { Change } from "../practice/person-mark.js";
import { questionNumber, type Words } from "./words.js";

const number = (value: number): string => String(Math.round(100 * value) / 100);
const countPoints = (count: number): string => `${number(count)} ${count === 1 ? "point" : "points"}`;
const signed = (value: number): string => `${value < 0 ? "−" : "+"}${number(Math.abs(value))}`;
const because = (reason: string): string => (reason === "" ? "." : `: ${reason.replace(/\.$/, "")}.`);

function changeLine({ kind, id = "", from = 0, to, reason }: Change, exercise: string): string {
  const amount = signed(to - from);
  const what = {
    exercise: `${exercise}: ${number(from)} becomes ${countPoints(to)}`,
    question: `Question ${questionNumber(id)}: ${countPoints(to)}`,
    bonus: `Bonus: ${amount}`,
    late: `Late: ${amount}`,
    mark: `Mark set by your teacher to ${number(to)}`,
  }[kind];
  return `${what}${because(reason)}`;
}

const listed = (names: readonly string[]): string => names.join(", ").replace(/, ([^,]*)$/, " and $1");

export const english: Words = {
  language: "en",
  verdict: {
    correct: "Correct.",
    wrong: "Wrong result.",
    "runtime-error": "Error while running.",
    "does-not-compile": "The program does not load.",
    missing: "Function not written yet, or not found.",
    "time-limit": "Time limit exceeded.",
    "memory-limit": "Memory limit exceeded.",
    "output-limit": "Too much output.",
    "not-graded": "Not graded, and the fault is ours: nothing is lost, the test will be run again.",
  },
  evidence: { expected: "Expected", received: "Received", where: "Where" },
  number,
  countPoints,
  colon: ":",
  questionLine: ({ id, points, earned, comment, answered }) => {
    const marked = earned === undefined ? undefined : `${number(earned)} / ${countPoints(points)}`;
    const said = marked ?? `${answered ? "to be marked" : "no answer"} (${countPoints(points)})`;
    return `Question ${questionNumber(id)}: ${said}.${comment === undefined ? "" : ` ${comment}`}`;
  },
  provisional: (count, points) =>
    `Provisional mark: ${count === 1 ? "one question is" : `${count} questions are`} still to be marked (${countPoints(points)}).`,
  noMark: "no mark",
  state: {
    conflict: "You are named in several submissions: your teacher must say which one counts.",
    ABJ: "Justified absence: this assignment does not count in your average.",
    ABI: "Unjustified absence.",
  },
  testMark: (mark) => `The tests alone give ${number(mark)} out of 20.`,
  changesHeading: "What changes the mark of the tests",
  change: changeLine,
  teamHeading: "Handed in by",
  title: (tp, student) => `${tp.toUpperCase()}, ${student}`,
  refusedHeading: "This submission could not be graded",
  noticesHeading: "About your submission",
  allTests: "All tests",
  questionsHeading: "Questions",
  questionsIntroduction: "Your answers are read and marked by a teacher.",
  carried: (own, withSolution, replaced) =>
    `With your code: ${own}; with the solution of ${listed(replaced)} in place of yours: ${withSolution}.`,
  carriedKept: "this one counts",
  carriedWhy: (missing) =>
    missing === 0
      ? "Nothing else was missing."
      : `What is still missing (${countPoints(missing)}) has another cause: look at the rest of your code.`,
  carriedTests: "The tests are shown with your code alone.",
  hiddenTest: "hidden test",
  exerciseColumn: "Exercise",
  pointsColumn: "Points",
  footer: (title) => `${title}. Graded by Rétroprop.`,
};
