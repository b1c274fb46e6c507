// `retroprop gradescope TP --out FILE.zip`: the autograder of a TP as Gradescope takes it.
import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readPracticeFiles } from "../../autograder/practice/practice-files.js";
import { layers } from "../../autograder/sandbox/sandbox.js";
import { whyNotWritable, writeAtomically } from "../../kernel/client/write-atomically.js";
import { CliError, type Command, wrongOptions } from "../command.js";
import { autograderZip } from "../gradescope/autograder-zip.js";
import { gradedTps } from "../grading/all-specs.js";
import { editionOf } from "../grading/edition.js";
import { readChoice, readCount } from "../grading/read-option.js";
import type { Terminal } from "../terminal.js";

export const gradescope: Command = {
  name: "gradescope",
  summary: "make the autograder.zip that Gradescope takes",
  help: [
    "Usage: retroprop gradescope TP --out FILE.zip [OPTIONS]",
    "",
    "Upload FILE.zip under Configure Autograder, with the default base image (Ubuntu) and, under Container Specifications,",
    "1.0 CPU and 1.5 GB at least. Students see the visible tests at once, the hidden ones when marks are published.",
    "The zip holds the hidden tests and the solution: it is for Gradescope and nobody else.",
    "",
    "  --out FILE.zip             where the zip goes",
    "  --seed N                   what inputs are drawn from, the same for all; secret and drawn at random unless told",
    "  --overrides FILE           decisions of staff (JSON), as for `retroprop grade`: late penalties, bonus, rounding; the",
    "                             hand-in time is Gradescope's. May be given several times",
    "  --roster FILE              the class list (CSV)",
    "  --language fr|en           of what students read; French unless told",
    "  --require-isolation LAYER  the weakest sandbox that will do there; L2 unless told. Without it nothing is graded.",
    "",
    "Where a test cannot be run by our fault, no result is written: Gradescope says that the autograder failed, and gives",
    "no mark. To try the zip: unpack it into FOLDER/source on Linux, run FOLDER/source/setup.sh, put a submission into",
    "FOLDER/submission, run FOLDER/source/run_autograder, read FOLDER/results/results.json.",
  ].join("\n"),
  run: (args, terminal) => makeZip(args, terminal),
};

/** Gradescope's own limit is higher; what is larger than this holds something that it should not. */
const mostMb = 50;

async function makeZip(args: readonly string[], terminal: Terminal): Promise<0> {
  const { values, positionals } = parseOptions(args);
  const [tp, ...more] = positionals;
  if (tp === undefined || more.length > 0)
    throw new CliError("which TP? Usage: retroprop gradescope TP --out FILE.zip");
  if (!gradedTps.includes(tp)) throw new CliError(`no TP \`${tp}\` to grade: there is ${gradedTps.join(", ")}`);
  const { out, roster, overrides = [] } = values;
  if (out === undefined) throw new CliError("where does the zip go? Add --out autograder.zip");
  const reason = whyNotWritable(out);
  if (reason !== undefined) throw new CliError(`--out ${out} cannot be written: ${reason}`);
  if (!/\.zip$/i.test(out)) throw new CliError(`--out ${out}: Gradescope takes a zip: name it ${out}.zip`);
  checkPractice(overrides, roster);
  const request = {
    tp,
    seed: values.seed === undefined ? randomInt(2 ** 48 - 1) : readCount("--seed", values.seed, 0),
    language: readChoice("--language", values.language, ["fr", "en"]),
    isolation: readChoice("--require-isolation", values["require-isolation"], layers),
    roster,
    overrides,
  };
  await editionOf(tp); // it must be built
  const zip = await autograderZip(request);
  if (zip.length > mostMb * 2 ** 20) throw new Error(`internal: the zip has ${zip.length} bytes`);
  writeAtomically(out, zip);
  terminal.print(`${resolve(out)} (${(zip.length / 2 ** 20).toFixed(1)} MB): upload it under Configure Autograder.`);
  terminal.print("It holds the hidden tests and the solution: keep it to yourself.");
  return 0;
}

/** What is wrong in them is said here, not in Gradescope's container. */
function checkPractice(overrides: readonly string[], roster: string | undefined): void {
  try {
    readPracticeFiles({ overrides, ...(roster === undefined ? {} : { roster }) });
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        seed: { type: "string" },
        overrides: { type: "string", multiple: true },
        roster: { type: "string" },
        language: { type: "string", default: "fr" },
        "require-isolation": { type: "string", default: "L2" },
      },
    });
  } catch (error) {
    throw wrongOptions("gradescope", error);
  }
}
