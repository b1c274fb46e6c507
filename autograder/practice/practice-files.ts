// The files that staff give beside the submissions, read before anything is graded: what is wrong in them is said at once.
import { lstatSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { StaffReport } from "../judge/verdict.js";
import { type Adjustments, noAdjustments } from "./adjustments.js";
import { type ClassMarks, type Practice, settleClass } from "./class-marks.js";
import { PracticeError } from "./practice-error.js";
import { type Roster, readRoster } from "./roster.js";
import { moodleFolders, readWorksheet, timesIn, type Worksheet } from "./worksheet.js";
import { type MarkingKey, readKey, readOverrides } from "./written-marks.js";

export interface PracticeFiles {
  readonly roster?: string;
  /** Adjustments and saved marks, in the order in which they hold. */
  readonly overrides?: readonly string[];
  readonly worksheet?: string;
  /** The key that an earlier report wrote; absent when there is none yet. */
  readonly key?: string;
}

export interface KnownPractice {
  readonly roster?: Roster;
  readonly adjustments: Adjustments;
  readonly worksheet?: Worksheet;
  readonly previousKey?: MarkingKey;
}

/** @throws PracticeError when a file cannot be used */
export function readPracticeFiles({ roster, overrides = [], worksheet, key }: PracticeFiles): KnownPractice {
  const text = (path: string): string => Buffer.from(read(path)).toString("utf8");
  const previousKey = key === undefined ? undefined : readKey(text(key));
  const given = overrides.map((path) => ({ name: basename(path), text: text(path) }));
  return {
    adjustments: given.length === 0 ? noAdjustments : readOverrides(given, previousKey),
    ...(roster === undefined ? {} : { roster: readRoster(read(roster)) }),
    ...(worksheet === undefined ? {} : { worksheet: readWorksheet(read(worksheet)) }),
    ...(previousKey === undefined ? {} : { previousKey }),
  };
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new PracticeError(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}): name a file that exists`,
    );
  }
}

/** The marks of a class that has been graded. Hand-in times are the worksheet's where it has them, then `more.handedIn`. */
export function settleWith(
  { roster, adjustments, worksheet }: KnownPractice,
  reports: readonly StaffReport[],
  more: Pick<Practice, "teams" | "handedIn"> = {},
): ClassMarks {
  const deadline = adjustments.late?.deadline;
  const moodle =
    worksheet === undefined || deadline === undefined ? [] : timesIn(worksheet, moodleFolders(reports), deadline);
  const handedIn = new Map([...(more.handedIn ?? []), ...moodle]);
  return settleClass(reports, { ...more, adjustments, handedIn, ...(roster === undefined ? {} : { roster }) });
}

type HandIn = { readonly student: string; readonly files: readonly ({ readonly path: string } | object)[] };

/** When the newest file of each was last written: a time to trust only where nothing has copied them since. */
export function modifiedTimes(handIns: readonly HandIn[]): Map<string, Date> {
  const times = handIns.flatMap(({ student, files }): [string, Date][] => {
    const stats = files.map((file) => ("path" in file ? lstatSync(file.path, { throwIfNoEntry: false }) : undefined));
    const newest = Math.max(...stats.flatMap((one) => (one === undefined ? [] : one.mtimeMs)));
    return Number.isFinite(newest) ? [[student, new Date(newest)]] : [];
  });
  return new Map(times);
}
