// What staff decide beside the tests, in one small file that is edited by hand and that no regrade touches.
//
// {
//   "rounding": "quarter",
//   "late": { "deadline": "2026-03-02T18:00:00+01:00", "graceMinutes": 15, "per": "day", "points": 2, "atMost": 8 },
//   "handedIn": { "Émilie Noël": "2026-03-02T19:12:00+01:00" },
//   "adjustments": [
//     { "student": "Émilie Noël", "exercise": "tp1.nll", "points": 2.5, "reason": "erreur de signe, vue", "author": "A. T." },
//     { "student": "Jean Dupont", "bonus": 1, "reason": "a aidé le groupe", "author": "A. T." }
//   ]
// }
import { z } from "zod";
import { PracticeError } from "./practice-error.js";

const points = z.number().min(-100).max(100);
const why = { student: z.string().min(1), reason: z.string().default(""), author: z.string().default("") };
const moment = z.iso.datetime({
  offset: true,
  error: "expected a time with its zone, such as 2026-03-02T18:00:00+01:00",
});

/** One decision about one student, or about a whole team when `student` names its submission. */
const adjustment = z.union([
  /** The points of an exercise, instead of those of its tests; `insteadOf` says what the tests gave then. */
  z.strictObject({ ...why, exercise: z.string(), points: points.min(0), insteadOf: points.optional() }),
  /** The points of a question answered in words; `answer` is the fingerprint of what was marked. */
  z.strictObject({
    ...why,
    question: z.string(),
    points: points.min(0),
    comment: z.string().optional(),
    criteria: z.record(z.string(), points).optional(),
    answer: z.string().optional(),
  }),
  /** Points out of 20, more or less. */
  z.strictObject({ ...why, bonus: points }),
  /** The penalty for being late, in points out of 20, instead of the scale's; 0 excuses. */
  z.strictObject({ ...why, latePenalty: points.min(0) }),
  /** The last word: nothing else counts. */
  z.strictObject({ ...why, mark: z.number().min(0).max(20) }),
  z.strictObject({ ...why, absence: z.enum(["ABJ", "ABI", "none"]) }),
  /** Which submission is theirs, when names do not tell or there are several. */
  z.strictObject({ ...why, submission: z.string() }),
]);

const late = z
  .strictObject({
    deadline: moment,
    /** Not counted as late; who is later is late from the deadline on. */
    graceMinutes: z.number().min(0).default(0),
    /** A day, or an hour, that has begun counts. */
    per: z.enum(["day", "hour"]),
    points: z.number().min(0).max(20).optional(),
    percent: z.number().min(0).max(100).optional(),
    /** In points out of 20. */
    atMost: z.number().min(0).max(20).default(20),
  })
  .refine(({ points, percent }) => (points === undefined) !== (percent === undefined), {
    error: "expected either `points` (out of 20) or `percent` (of the mark)",
  });

const file = z.strictObject({
  rounding: z.enum(["hundredth", "tenth", "quarter", "half", "whole"]).default("hundredth"),
  late: late.optional(),
  handedIn: z.record(z.string(), moment).default({}),
  adjustments: z.array(adjustment).default([]),
});

export type Adjustments = z.infer<typeof file>;
export type Adjustment = z.infer<typeof adjustment>;
export type Rounding = Adjustments["rounding"];
export type LateRule = z.infer<typeof late>;

export const noAdjustments: Adjustments = { rounding: "hundredth", handedIn: {}, adjustments: [] };

/** `what` names the file in errors. */
export function readAdjustments(text: string, what = "the file of adjustments"): Adjustments {
  const read = file.safeParse(parseJson(text, what));
  if (read.success) return read.data;
  throw new PracticeError(`${what}: ${faultOf(read.error.issues[0]!)}`);
}

export const writeAdjustments = (adjustments: Adjustments): string => `${JSON.stringify(adjustments, null, 2)}\n`;

export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new PracticeError(`${what} is not JSON: ${(error as Error).message}; look for a comma too many or too few`);
  }
}

type Fault = z.core.$ZodIssue;

/** A decision that fits no form is explained by the form it is nearest to. */
function faultOf(issue: Fault): string {
  const inner = issue.code === "invalid_union" ? nearest(issue.errors) : undefined;
  const path = [...issue.path, ...(inner?.path ?? [])].join(".");
  return `${path === "" ? "" : `at ${path}: `}${(inner ?? issue).message}`;
}

const nearest = (forms: readonly (readonly Fault[])[]): Fault | undefined =>
  forms.reduce((best, other) => (weight(other) < weight(best) ? other : best))[0];

/** A key that is missing or unknown tells that another form was meant. */
const weight = (faults: readonly Fault[]): number =>
  faults.reduce(
    (sum, { code, message }) => sum + (code === "unrecognized_keys" || /undefined/.test(message) ? 10 : 1),
    0,
  );
