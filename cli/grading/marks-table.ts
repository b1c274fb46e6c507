// The table of marks a terminal shows at the end of a run.
import { testsOfItsOwn } from "../../autograder/report/carried.js";
import { exercisesOf, type Graded, type GradedClass, markOf, statusOf } from "../../autograder/report/graded-class.js";
import { plainText } from "../../autograder/report/plain-text.js";

const mostRows = 60;
const widestName = 28;

/** One line a student; a long class is cut, since grades.csv holds it whole. */
export function marksTable(graded: GradedClass): string[] {
  const exercises = exercisesOf(graded).map(({ id }) => id);
  const header = ["", "mark/20", ...exercises.map((id) => id.replace(/^\w+\./, "")), ""];
  const rows = graded.graded.slice(0, mostRows).map((one) => rowOf(one, exercises));
  const more = graded.graded.length - rows.length;
  const isCarried = graded.graded.some(({ staff }) => staff.exercises.some(({ carried }) => carried !== undefined));
  return [
    ...align([header, ...rows]),
    ...(more > 0 ? [`… and ${more} more in grades.csv`] : []),
    ...(isCarried
      ? [`${carriedSign} graded again with the solution of exercises it uses; the better mark counts`]
      : []),
  ];
}

const carriedSign = "*";

function rowOf({ staff }: Graded, exercises: readonly string[]): string[] {
  const points = new Map(
    staff.exercises.map(({ id, earned, carried }) => [id, `${earned}${carried === undefined ? "" : carriedSign}`]),
  );
  const name = plainText(staff.student).replace(/\s+/g, " ");
  return [
    name.length > widestName ? `${name.slice(0, widestName - 1)}…` : name,
    markOf(staff)?.toString() ?? statusOf(staff),
    ...exercises.map((id) => points.get(id) ?? ""),
    remark({ staff }),
  ];
}

function remark({ staff }: Pick<Graded, "staff">): string {
  if (staff.refused !== undefined) return plainText(staff.refused, 100).replace(/\s+/g, " ");
  const own = staff.exercises.flatMap((exercise) => testsOfItsOwn(staff, exercise));
  const failed = own.filter(({ verdict }) => verdict !== "correct");
  const named = failed.flatMap(({ mistake }) => mistake ?? []);
  const words = new Set(named.length > 0 ? named : failed.map(({ verdict }) => verdict));
  return plainText([...words].slice(0, 3).join(", "), 100);
}

/** The first and the last column to the left, the numbers to the right. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, j) => Math.max(...rows.map((row) => row[j]?.length ?? 0)));
  const last = widths.length - 1;
  return rows.map((row) =>
    row
      .map((cell, j) => (j === 0 ? cell.padEnd(widths[j]!) : j === last ? cell : cell.padStart(widths[j]!)))
      .join("  ")
      .trimEnd(),
  );
}
