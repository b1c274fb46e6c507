// Marks given to answers in words, blind: the page knows answers by a code, and only the staff's key knows whose they are.
import { z } from "zod";
import type { StaffReport } from "../judge/verdict.js";
import { type Adjustment, type Adjustments, noAdjustments, parseJson, readAdjustments } from "./adjustments.js";
import { fingerprint } from "./fingerprint.js";
import { PracticeError } from "./practice-error.js";

/** One answer to mark; `code` tells neither whose it is nor which others are theirs. */
export interface Answer {
  readonly code: string;
  readonly question: string;
  readonly text: string;
  readonly fingerprint: string;
}

const keyFile = z.object({
  format: z.literal(1),
  kind: z.literal("retroprop-key"),
  tp: z.string(),
  salt: z.string(),
  answers: z.record(z.string(), z.object({ student: z.string(), question: z.string() })),
});

/** The staff's: which code is whose answer. */
export type MarkingKey = z.infer<typeof keyFile>;

/** All answers of a class, those of one question together, in an order that `salt` alone decides; none is empty. */
export function answersToMark(reports: readonly StaffReport[], salt: string): Answer[] {
  const questions = [...new Set(reports.flatMap(({ questions }) => questions.map(({ id }) => id)))];
  return questions.flatMap((question) => {
    const answers = reports.flatMap(({ student, questions }): Answer[] => {
      const text = questions.find(({ id }) => id === question)?.answer ?? "";
      const code = fingerprint("code", salt, question, student);
      return text.trim() === "" ? [] : [{ code, question, text, fingerprint: fingerprint(text) }];
    });
    return answers.sort((a, b) => (a.code < b.code ? -1 : 1));
  });
}

export function markingKey(tp: string, reports: readonly StaffReport[], salt: string): MarkingKey {
  const entries = reports.flatMap(({ student, questions }) =>
    questions.map(({ id }) => [fingerprint("code", salt, id, student), { student, question: id }] as const),
  );
  return { format: 1, kind: "retroprop-key", tp, salt, answers: Object.fromEntries(entries) };
}

export const readKey = (text: string): MarkingKey => check(keyFile, parseJson(text, keyName), keyName);

/** Where the report puts the key; another run that reads it keeps the same codes. */
export const keyName = "a-noter-cle.json";

const savedFile = z.object({
  format: z.literal(1),
  kind: z.literal("retroprop-marks"),
  tp: z.string(),
  author: z.string().default(""),
  marks: z.array(
    z.object({
      code: z.string(),
      points: z.number().min(0).max(100),
      criteria: z.record(z.string(), z.number()).default({}),
      comment: z.string().max(20_000).default(""),
      answer: z.string().optional(),
    }),
  ),
});

/**
 * The files given as overrides, in order: files of adjustments, and what « Enregistrer » saved on the marking page.
 * Of two decisions about the same thing, the later file's holds.
 */
export function readOverrides(
  files: readonly { readonly name: string; readonly text: string }[],
  key?: MarkingKey,
): Adjustments {
  return files.reduce((sum, { name, text }) => {
    const isSaved = (parseJson(text, name) as { kind?: unknown } | null)?.kind === "retroprop-marks";
    return isSaved ? withMarks(sum, text, name, key) : merge(sum, readAdjustments(text, name));
  }, noAdjustments);
}

function merge(before: Adjustments, after: Adjustments): Adjustments {
  const late = after.late ?? before.late;
  return {
    rounding: after.rounding === noAdjustments.rounding ? before.rounding : after.rounding,
    ...(late === undefined ? {} : { late }),
    handedIn: { ...before.handedIn, ...after.handedIn },
    adjustments: [...before.adjustments, ...after.adjustments],
  };
}

function withMarks(before: Adjustments, text: string, name: string, key: MarkingKey | undefined): Adjustments {
  const { tp, author, marks } = check(savedFile, parseJson(text, name), name);
  if (key === undefined) {
    throw new PracticeError(
      `${name} holds marks by code: ${keyName}, written beside the page they come from, is needed to read it`,
    );
  }
  if (tp !== key.tp) throw new PracticeError(`${name} holds marks of ${tp}, and the key is that of ${key.tp}`);
  const entries = marks.map(({ code, points, criteria, comment, answer }): Adjustment => {
    const whose = Object.hasOwn(key.answers, code) ? key.answers[code] : undefined;
    if (whose === undefined) {
      throw new PracticeError(
        `${name} holds a mark for ${code.slice(0, 20)}, which the key does not know: give the ${keyName} of that page`,
      );
    }
    const given = answer === undefined ? {} : { answer };
    return { ...whose, points, criteria, comment, ...given, reason: "", author };
  });
  const isNew = (old: Adjustment): boolean =>
    !("question" in old) ||
    !entries.some((one) => "question" in one && one.question === old.question && one.student === old.student);
  return { ...before, adjustments: [...before.adjustments.filter(isNew), ...entries] };
}

function check<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new PracticeError(
    `${name} is not what it should be: at ${issue!.path.join(".") || "the top"}: ${issue!.message}`,
  );
}
