// Whose work a folder or file of a class is: names as Moodle and Gradescope write them, or anybody.
import { stemOf } from "./work-names.js";

export interface Owner {
  readonly student: string;
  /** The same for all that one student handed in. */
  readonly key: string;
  /** What tells two students of one name apart, where the platform says it. */
  readonly number?: string;
}

/**
 * `Nom Prénom_123456_assignsubmission_file_` (a folder; some versions leave the last `_` out) or `…_file_tp1.ipynb` (all in
 * one), `Participant_123…` when anonymous; `submission_123456789` with Gradescope's list of names.
 */
export function ownerOf(name: string, isFolder: boolean, gradescope: GradescopeNames = new Map()): Owner {
  const moodle = /^(.+?)[_ ](\d+)_assignsubmission_[a-z]+(?:_|$)/.exec(name);
  if (moodle !== null) {
    const [, who = "", number = ""] = moodle;
    const isAnonymous = /^participant$/i.test(who);
    const student = isAnonymous ? `Participant ${number}` : who.trim();
    return { student, key: `moodle ${number}`, number };
  }
  const number = isFolder ? /^submission_(\d+)$/.exec(name)?.[1] : undefined;
  if (number !== undefined) return { student: gradescope.get(name) ?? name, key: name, number };
  return { student: isFolder ? name : stemOf(name), key: `/${name}` };
}

/** From `submission_123456789` to who handed it in. */
export type GradescopeNames = ReadonlyMap<string, string>;

export const gradescopeList = "submission_metadata.yml";

/** Reads of Gradescope's list what it needs: for each submission the names of its submitters. */
export function readGradescopeNames(yaml: string): GradescopeNames {
  const names = new Map<string, string>();
  let submission = "";
  for (const line of yaml.split(/\r?\n/)) {
    submission = /^(submission_\d+):/.exec(line)?.[1] ?? submission;
    const name = /^\s+(?:- )?:name: (.+)$/.exec(line)?.[1];
    if (name === undefined || submission === "") continue;
    const before = names.get(submission);
    names.set(submission, before === undefined ? unquoted(name) : `${before} et ${unquoted(name)}`);
  }
  return names;
}

function unquoted(scalar: string): string {
  const text = scalar.trim();
  if (/^'.*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/.test(text)) return text;
  return text
    .slice(1, -1)
    .replace(/\\x([\da-f]{2})|\\u([\da-f]{4})/gi, (_, x, u) => String.fromCharCode(Number.parseInt(x ?? u, 16)))
    .replace(/\\(.)/g, "$1");
}
