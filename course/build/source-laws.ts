// The laws that hand-written sources must keep: the manifest, and the lesson beside it.
// To add one: a line in a list.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Tp } from "../manifest.js";
import type { Problem } from "./course-error.js";
import { agreementProblems } from "./course-source.js";
import { lockFile, lostIds, readLock } from "./ids-lock.js";
import { inManifest, type Law } from "./law.js";
import type { Lesson } from "./lesson.js";
import { typographyProblems } from "./typography.js";

const totalPoints = 20;
const longestSession = 120;
const fewestHints = 2;
const glossaryFile = "course/glossary.md";

export const manifestLaws: readonly Law<Tp>[] = [
  { name: `the exercises are worth ${totalPoints} points, the questions apart`, problems: pointProblems },
  { name: `a session lasts at most ${longestSession} minutes`, problems: minuteProblems },
  { name: "an exercise uses exercises that come before it", problems: useProblems },
  { name: "the glossary is there", problems: glossaryProblems },
];

export interface LessonOfTp {
  readonly tp: Tp;
  readonly lesson: Lesson;
}

export const lessonLaws: readonly Law<LessonOfTp>[] = [
  {
    name: "the manifest and the lesson agree: exercises and questions once, in order, and the parameters",
    problems: orderProblems,
  },
  { name: "cell ids are unique, valid and locked", problems: lockProblems },
  { name: `an exercise has at least ${fewestHints} hints`, problems: hintProblems },
  { name: "the French is typeset as French", problems: lessonTypography },
];

function pointProblems({ name, exercises, questions }: Tp, root: string): Problem[] {
  const total = exercises.reduce((sum, { points }) => sum + points, 0);
  const worthless = [...exercises, ...questions].filter(({ points }) => !(points > 0));
  return [
    ...(total === totalPoints ? [] : [inManifest(root, name, `the exercises of ${name} are worth ${total} points`)]),
    ...worthless.map(({ id, points }) => inManifest(root, id, `\`${id}\` is worth ${points} points`)),
  ];
}

function minuteProblems({ sessions }: Tp, root: string): Problem[] {
  return sessions.flatMap(({ title, steps }) => {
    const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
    const message = `the session \`${title}\` lasts ${minutes} minutes: shorten it or split it`;
    return minutes <= longestSession ? [] : [inManifest(root, title, message)];
  });
}

function useProblems({ exercises }: Tp, root: string): Problem[] {
  return exercises.flatMap(({ id, uses = [] }, i) => {
    const before = exercises.slice(0, i).map((exercise) => exercise.id);
    const stray = uses.filter((used) => !before.includes(used));
    return stray.map((used) => inManifest(root, id, `\`${id}\` uses \`${used}\`, which does not come before it`));
  });
}

function glossaryProblems(_: Tp, root: string): Problem[] {
  const message = "missing: the French terms of the course and their English names stand here";
  return existsSync(join(root, glossaryFile)) ? [] : [{ file: glossaryFile, line: 1, message }];
}

function orderProblems({ tp, lesson }: LessonOfTp): Problem[] {
  return agreementProblems(tp, lesson);
}

/** That ids are unique and valid, reading the lesson has already made sure of. */
function lockProblems({ tp, lesson }: LessonOfTp, root: string): Problem[] {
  const locked = readLock(root, tp);
  const [first, ...others] = lesson.cells.filter(({ id }) => !locked.includes(id));
  const lost = lostIds(tp, locked, lesson);
  if (first === undefined) return lost;
  const rest = others.length > 0 ? ` (nor are ${others.length} more)` : "";
  const message = `the id \`${first.id}\` is not in ${lockFile(tp)} yet${rest}: run \`retroprop build\``;
  return [...lost, { file: lesson.file, line: first.line, message }];
}

function hintProblems({ lesson }: LessonOfTp): Problem[] {
  const exercises = lesson.cells.filter(({ kind }) => kind === "exercise");
  return exercises.flatMap(({ target, line }) => {
    const count = lesson.hints.filter(({ exercise }) => exercise === target).length;
    const message = `\`${target}\` has ${count} of ${fewestHints} hints: write \`md hint=${target}\` below it`;
    return count >= fewestHints ? [] : [{ file: lesson.file, line, message }];
  });
}

function lessonTypography({ tp, lesson }: LessonOfTp, root: string): Problem[] {
  const prose = lesson.cells.filter(({ kind }) => kind === "text" || kind === "question");
  const names = lesson.names.map(({ what, line }) => ({ source: what, line }));
  const fromManifest = [
    tp.title,
    ...tp.exercises.map(({ title }) => title),
    ...tp.questions.map(({ rubric }) => rubric),
    ...tp.sessions.flatMap(({ steps }) => steps.map(({ title }) => title)),
  ];
  return [
    ...[...prose, ...lesson.hints, ...names].flatMap(({ source, line }) =>
      typographyProblems(source, lesson.file, line),
    ),
    ...fromManifest.flatMap((text) =>
      typographyProblems(text, "", 1).map(({ message }) => inManifest(root, text, message)),
    ),
  ];
}
