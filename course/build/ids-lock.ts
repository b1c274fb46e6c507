// course/tp1/ids.lock: the cell ids already handed out. New ones join it; one that goes would orphan students' work.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tp } from "../manifest.js";
import type { Problem } from "./course-error.js";
import type { Lesson } from "./lesson.js";

export const lockFile = (tp: Tp): string => `course/${tp.name}/ids.lock`;

/** The ids in the lock, in its order; none where there is no lock yet. */
export function readLock(root: string, tp: Tp): string[] {
  const path = join(root, lockFile(tp));
  return existsSync(path)
    ? readFileSync(path, "utf8")
        .split(/\r?\n/)
        .filter((line) => line !== "")
    : [];
}

/** Locked ids that no cell of the lesson has any more. */
export function lostIds(tp: Tp, locked: readonly string[], lesson: Lesson): Problem[] {
  const present = new Set(lesson.cells.map(({ id }) => id));
  return locked.flatMap((id, index) =>
    present.has(id) ? [] : [{ file: lockFile(tp), line: index + 1, message: lost(id) }],
  );
}

const lost = (id: string): string =>
  `no cell of the lesson is called \`${id}\` any more. If its heading changed, write \`<!-- id: ${id} -->\` above it; ` +
  "if the cell is gone for good and no student has it, delete this line";

/** The text of the lock once the lesson's ids are in it, sorted so that two authors rarely meet. */
export function formatLock(locked: readonly string[], lesson: Lesson): string {
  const ids = new Set([...locked, ...lesson.cells.map(({ id }) => id)]);
  return [...ids]
    .sort()
    .map((id) => `${id}\n`)
    .join("");
}
