// What `retroprop grade` is asked for: its arguments, checked before hours of grading.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Language } from "../../autograder/report/words.js";
import { type Layer, layers } from "../../autograder/sandbox/sandbox.js";
import { isInside } from "../../kernel/client/is-inside.js";
import { CliError, wrongOptions } from "../command.js";
import { gradedTps } from "./all-specs.js";
import { usualJobs } from "./grade-class.js";
import { readChoice, readCount } from "./read-option.js";
import { checkReportFolder } from "./write-report.js";

export interface GradeRequest {
  readonly tp: string;
  readonly paths: readonly string[];
  readonly out: string;
  /** That of the earlier run into the same folder, or one drawn at random, unless told. */
  readonly seed: number | undefined;
  /** Nothing of an earlier run is kept. */
  readonly fresh: boolean;
  readonly jobs: number;
  readonly isolation: Layer;
  readonly json: boolean;
  readonly roster: string | undefined;
  readonly overrides: readonly string[];
  readonly worksheet: string | undefined;
  readonly times: "mtime" | undefined;
  readonly language: Language;
  readonly frenchCsv: boolean;
  readonly markdown: boolean;
  /** The results.json of an earlier run. */
  readonly compare: string | undefined;
}

export function readGradeRequest(args: readonly string[]): GradeRequest {
  const { values, positionals } = parseOptions(args);
  const [tp, ...paths] = positionals;
  if (tp === undefined) throw new CliError("which TP? Usage: retroprop grade TP PATH... --out DIR");
  if (!gradedTps.includes(tp)) throw new CliError(`no TP \`${tp}\` to grade: there is ${gradedTps.join(", ")}`);
  if (paths.length === 0) throw new CliError(`what to grade? Usage: retroprop grade ${tp} PATH... --out DIR`);
  checkPaths(paths);
  if (values.out === undefined) throw new CliError("where does the report go? Add --out DIR");
  checkReportFolder(values.out);
  checkOutside(values.out, paths);
  return {
    tp,
    paths,
    out: values.out,
    seed: values.seed === undefined ? undefined : readCount("--seed", values.seed, 0),
    fresh: values.fresh,
    jobs: values.jobs === undefined ? usualJobs() : readCount("--jobs", values.jobs, 1),
    isolation: readChoice("--require-isolation", values["require-isolation"], layers),
    json: values.json,
    roster: values.roster,
    overrides: values.overrides ?? [],
    worksheet: values.worksheet,
    times: values.times === undefined ? undefined : readChoice("--times", values.times, ["mtime"] as const),
    language: readChoice("--language", values.language, ["fr", "en"]),
    frenchCsv: values["french-csv"],
    markdown: values.markdown,
    compare: values.compare,
  };
}

function checkPaths(paths: readonly string[]): void {
  const missing = paths.find((path) => !existsSync(path));
  if (missing === undefined) return;
  throw new CliError(`${missing} does not exist: name a submission or the folder of a class`);
}

/** A report inside the class would be the next run's student. */
function checkOutside(out: string, paths: readonly string[]): void {
  const around = paths.find((path) => isInside(resolve(path), resolve(out)));
  if (around !== undefined)
    throw new CliError(`--out ${out} lies in ${around}, which is graded: name a folder outside`);
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        seed: { type: "string" },
        fresh: { type: "boolean", default: false },
        jobs: { type: "string" },
        "require-isolation": { type: "string", default: "L2" },
        json: { type: "boolean", default: false },
        roster: { type: "string" },
        overrides: { type: "string", multiple: true },
        worksheet: { type: "string" },
        times: { type: "string" },
        language: { type: "string", default: "fr" },
        "french-csv": { type: "boolean", default: false },
        markdown: { type: "boolean", default: false },
        compare: { type: "string" },
      },
    });
  } catch (error) {
    throw wrongOptions("grade", error);
  }
}
