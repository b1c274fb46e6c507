// What is wrong with how an attack ended: nothing, when the grader held.
import type { Graded } from "../report/graded-class.js";
import type { Attack, Expected } from "./attack.js";

const usual: Readonly<Record<Expected, "nothing" | "everything">> = {
  ZERO: "nothing",
  LIMIT: "nothing",
  REJECT: "nothing",
  FLAG: "everything",
  NEUTRAL: "everything",
};

/** One sentence for each fault; `secrets` must be nowhere where a student reads. */
export function faultsOf(attack: Attack, { staff, student }: Graded, secrets: readonly string[]): string[] {
  const read = JSON.stringify(student);
  const tests = staff.exercises.flatMap(({ id, tests }) => tests.map((test) => ({ id, ...test })));
  const ours = tests.filter(({ verdict }) => verdict === "not-graded");
  return [
    ...staff.exercises.flatMap(({ id }) => wrongMark(attack, id.slice("tp1.".length), staff)),
    ...(attack.expected === "LIMIT" && !tests.some(({ verdict }) => verdict.endsWith("-limit"))
      ? [`no limit was met: ${verdictsOf(staff)}`]
      : []),
    ...(attack.expected === "REJECT" && !isRejected(staff) ? [`it was let in: ${verdictsOf(staff)}`] : []),
    ...(attack.expected !== "REJECT" && staff.refused !== undefined ? [`refused: ${staff.refused}`] : []),
    ...ours.map(({ title, staffEvidence }) => `said to be our fault: ${title}: ${staffEvidence?.received}`),
    ...(attack.says === undefined || attack.says.test(read)
      ? []
      : [`does not say ${attack.says}: ${read.slice(0, 600)}`]),
    ...secrets.filter((secret) => read.includes(secret)).map((secret) => `a student reads ${secret}`),
    ...(unfit.test(textsIn(student).join("")) ? ["a student reads control or direction characters"] : []),
  ];
}

const unfit = /[\p{Cc}\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

/** Every text of a report, as it is. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function wrongMark(attack: Attack, exercise: string, { exercises }: Graded["staff"]): string[] {
  const { earned, points, tests } = exercises.find(({ id }) => id.slice("tp1.".length) === exercise)!;
  const visible = tests
    .filter(({ visibility }) => visibility === "visible")
    .reduce((sum, test) => sum + test.points, 0);
  const limits = { nothing: [0, 0], everything: [points, points], "visible points at most": [0, visible] };
  const [least, most] = limits[attack.earns?.[exercise] ?? usual[attack.expected]] as [number, number];
  if (earned >= least && earned <= most) return [];
  const won = tests.filter((test) => test.earned > 0).map(({ title }) => title);
  const lost = tests
    .filter((test) => test.earned === 0)
    .map(({ title, verdict, message }) => `${title} ${verdict} ${message}`);
  return [`${exercise}: ${earned} of ${points} points, for ${won.join(" ")}, lost ${lost.slice(0, 3).join(" ")}`];
}

const isRejected = ({ refused, exercises }: Graded["staff"]): boolean =>
  refused !== undefined || exercises.every(({ tests }) => tests.every(({ verdict }) => verdict === "missing"));

const verdictsOf = ({ exercises }: Graded["staff"]): string =>
  exercises.flatMap(({ tests }) => tests.map(({ verdict }) => verdict)).join(", ");
