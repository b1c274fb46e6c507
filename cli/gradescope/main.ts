// What run_autograder starts in Gradescope's container: ROOT, or `--check` to say how well code is isolated there.
import { join } from "node:path";
import { plainText } from "../../autograder/report/plain-text.js";
import { safeJson } from "../../autograder/report/safe-json.js";
import { writeAtomically } from "../../kernel/client/write-atomically.js";
import { courseRoot } from "../course-root.js";
import { editionOf } from "../grading/edition.js";
import { openSandbox } from "../grading/open-sandbox.js";
import { gradeOne } from "./grade-one.js";
import { readSettings } from "./settings.js";

const [argument = "/autograder"] = process.argv.slice(2);

try {
  await (argument === "--check" ? check() : grade(argument));
} catch (error) {
  console.error(`not graded, and the fault is ours: ${plainText(String((error as Error).stack ?? error), 8_000)}`);
  process.exitCode = 1;
}

async function check(): Promise<void> {
  const { tp, isolation } = readSettings(courseRoot);
  const { sandbox, layer, remark } = await openSandbox((await editionOf(tp)).folder, isolation);
  await sandbox.close();
  console.log(`students' code runs under ${layer}${remark === undefined ? "" : ` (${remark})`}`);
}

async function grade(root: string): Promise<void> {
  const { results, remarks } = await gradeOne(root, courseRoot, readSettings(courseRoot));
  for (const remark of remarks) console.log(plainText(remark));
  // Last, and whole: nothing that students run is alive any more.
  writeAtomically(join(root, "results", "results.json"), safeJson(results));
}
