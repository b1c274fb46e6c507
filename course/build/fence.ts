// The first line of a fenced cell: ```ts exercise=tp1.softmax → which kind of cell it is, and of what.
// To add a kind: a line in `fenceKinds`, a case in notebook.ts; for one that becomes no cell, in lesson.ts.
import { CourseError, type Place } from "./course-error.js";

/**
 * For each kind: the language of its fence, the word that says it (`summary`, or `exercise=TARGET` where `target` is
 * true), whether the author names the cell with `id=…`, and whether something stands between the fences.
 */
const fenceKinds = {
  code: { language: "ts", word: "", target: false, id: "required", body: true },
  exercise: { language: "ts", word: "exercise", target: true, id: "derived", body: false },
  check: { language: "ts", word: "check", target: true, id: "derived", body: false },
  given: { language: "ts", word: "given", target: true, id: "optional", body: false },
  solution: { language: "ts", word: "solution", target: false, id: "required", body: true },
  parameters: { language: "ts", word: "parameters", target: false, id: "required", body: true },
  summary: { language: "ts", word: "summary", target: false, id: "required", body: true },
  file: { language: "ts", word: "file", target: false, id: "derived", body: true },
  question: { language: "md", word: "question", target: true, id: "derived", body: true },
  hint: { language: "md", word: "hint", target: true, id: "derived", body: true },
  names: { language: "md", word: "names", target: false, id: "derived", body: true },
} as const;

export type FenceKind = keyof typeof fenceKinds;

/** Fences that become no cell: what the .ts files do when they are run, and what the page shows beside the cells. */
export type AsideKind = "file" | "hint" | "names";

export const isAsideKind = (kind: FenceKind): kind is AsideKind =>
  kind === "file" || kind === "hint" || kind === "names";

export interface Fence {
  readonly kind: FenceKind;
  /** What stands after `exercise=`, `check=`, `given=`, `question=`, `hint=`; empty for the other kinds. */
  readonly target: string;
  readonly id: string | undefined;
}

const languages = new Set<string>(Object.values(fenceKinds).map(({ language }) => language));

/** Whether a fence with this info string is a cell; every other one (```python, ```typescript) is part of the text. */
export const isCellFence = (info: string): boolean => languages.has(info.split(/\s+/)[0]!);

/** Reads the info string of a fenced cell. */
export function parseFence(info: string, place: Place): Fence {
  const [language, ...marks] = info.split(/\s+/);
  const { id, others } = takeId(marks, place);
  if (others.length > 1) throw new CourseError(place, `\`${others.join(" ")}\` says two kinds at once; keep one`);
  const [word = "", target = ""] = (others[0] ?? "").split(/=(.*)/s);
  const kind = kindOf(language!, word, place);
  const { target: needsTarget, id: idRule } = fenceKinds[kind];
  if (needsTarget && target === "") throw new CourseError(place, `\`${word}\` needs a target: ${word}=…`);
  if (!needsTarget && target !== "")
    throw new CourseError(place, `\`${word}\` takes no target, received \`${target}\``);
  if (idRule === "required" && id === undefined) throw new CourseError(place, "this cell needs a name: add id=…");
  if (idRule === "derived" && id !== undefined)
    throw new CourseError(place, `a \`${word}\` cell has no id=… of its own`);
  return { kind, target, id };
}

/** Refuses a body where the build writes it, and an empty one where the author must. */
export function checkBody(kind: FenceKind, body: string, place: Place): void {
  const empty = body.trim() === "";
  if (fenceKinds[kind].body && empty) throw new CourseError(place, `this \`${kind}\` cell is empty`);
  if (!fenceKinds[kind].body && !empty) {
    throw new CourseError(place, `the build writes the code of \`${kind}\` cells: leave this one empty`);
  }
}

function takeId(marks: readonly string[], place: Place): { id: string | undefined; others: string[] } {
  const ids = marks.filter((mark) => mark.startsWith("id="));
  if (ids.length > 1) throw new CourseError(place, `two ids on one cell: ${ids.join(" ")}`);
  return { id: ids[0]?.slice("id=".length), others: marks.filter((mark) => !mark.startsWith("id=")) };
}

function kindOf(language: string, word: string, place: Place): FenceKind {
  for (const kind of Object.keys(fenceKinds) as FenceKind[]) {
    if (fenceKinds[kind].language === language && fenceKinds[kind].word === word) return kind;
  }
  const known = Object.values(fenceKinds)
    .filter((kind) => kind.language === language)
    .map((kind) => (kind.target ? `${kind.word}=…` : kind.word || "id=… alone"));
  throw new CourseError(
    place,
    `unknown kind of cell \`${language} ${word}\`; with \`${language}\`: ${known.join(", ")}`,
  );
}
