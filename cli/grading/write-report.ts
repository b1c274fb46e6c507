// The report's files on the disk, each whole or not at all; an earlier report in the same folder is replaced.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { GradedClass } from "../../autograder/report/graded-class.js";
import type { BytesFile } from "../../autograder/report/moodle.js";
import { type ReportOptions, reportFiles } from "../../autograder/report/report.js";
import { whyNotWritable, writeAtomically } from "../../kernel/client/write-atomically.js";
import { CliError } from "../command.js";
import { answerFormulas } from "./answer-formulas.js";
import { throwDiskFault } from "./disk-fault.js";
import { holdsJournal, journalFolder } from "./journal.js";

/** Says before hours of grading what would stop the report at their end. */
export function checkReportFolder(folder: string): void {
  if (existsSync(folder)) checkContent(folder);
  const reason = whyNotWritable(join(folder, "results.json"));
  if (reason !== undefined) throw new CliError(`no report can be written to --out ${folder}: ${reason}`);
}

function checkContent(folder: string): void {
  if (!statSync(folder).isDirectory()) throw new CliError(`--out ${folder} is a file: name a folder`);
  const others = readdirSync(folder).filter((name) => name !== journalFolder);
  if (others.length > 0 && !isOurs(folder)) {
    throw new CliError(`--out ${folder} is not empty and holds no earlier report: name another folder, or empty it`);
  }
}

export function writeReport(
  folder: string,
  graded: GradedClass,
  options: ReportOptions = {},
  more: readonly BytesFile[] = [],
): void {
  // Pages of a student who is no longer in the class would stay otherwise.
  if (existsSync(folder) && isOurs(folder)) {
    for (const part of ["students", "gradescope", "moodle"])
      rmSync(join(folder, part), { recursive: true, force: true });
  }
  try {
    for (const { path, content } of reportFiles(graded, { answerRules: answerFormulas, ...options }))
      writeAtomically(join(folder, path), content);
    for (const { path, bytes } of more) writeAtomically(join(folder, path), bytes);
  } catch (error) {
    throwDiskFault(error, `the report in ${folder} could not be written whole`);
  }
}

/** A run that was interrupted leaves its journal, and perhaps a part of its report. */
const isOurs = (folder: string): boolean => holdsJournal(folder) || holdsReport(folder);

function holdsReport(folder: string): boolean {
  try {
    const { format, students } = JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));
    return format === 1 && Array.isArray(students);
  } catch {
    return false;
  }
}
