// `retroprop release TP --out DIR`: what students of a TP receive, without an answer; `--editions` for our own use of it.
import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CourseError } from "../../course/build/course-error.js";
import { writeEdition } from "../../course/build/edition/write-edition.js";
import { editionFolder } from "../../course/build/edition.js";
import { FolderInUse, writeRelease } from "../../course/build/write-release.js";
import { type Tp, tps } from "../../course/manifest.js";
import { CliError, type Command, type ExitCode } from "../command.js";
import { courseRoot } from "../course-root.js";
import type { Terminal } from "../terminal.js";

const help = `Usage: retroprop release TP --out DIR
       retroprop release --editions

Writes into DIR what a student of the TP unpacks, runs and hands in from: a README in French, the notebook and the stubs,
the library without the answers of this TP and of the following ones, the visible tests, the commands start, run, check, data
and doctor, a lockfile. It holds no solution, no hidden test, no known mistake. Zip the folder to hand it out.

  --out DIR    a new or empty folder, or an earlier release of the same TP that nobody has touched: it is replaced
  --editions   only compile the libraries that students have, into dist/editions: code is checked and graded with them
               (part of \`npm run build\`; what is up to date is left alone)

Exit codes: 0 done, 1 the course does not allow a release, 2 wrong usage or a folder in use.`;

export const release: Command = {
  name: "release",
  summary: "write what students of a TP receive, without an answer",
  help,
  async run(args, terminal) {
    const request = readRequest(args);
    try {
      return request === "editions" ? writeEditions(terminal) : releaseTo(request.tp, request.out, terminal);
    } catch (error) {
      if (error instanceof CourseError) throw new CliError(error.message, 1);
      if (error instanceof FolderInUse) throw new CliError(error.message, 2);
      throw error;
    }
  },
};

function writeEditions(terminal: Terminal): ExitCode {
  for (const tp of tps) {
    if (writeEdition(courseRoot, tp) === "written") terminal.print(`written    ${editionFolder(tp.name)}`);
  }
  return 0;
}

function releaseTo(tp: Tp, out: string, terminal: Terminal): ExitCode {
  const folder = resolve(out);
  const bar = terminal.progress(`release of ${tp.name}`);
  bar.update(0, "compiling the library, the visible tests and the commands");
  try {
    const { files, bytes, replaced } = writeRelease(courseRoot, tp, folder);
    bar.end();
    const size = `${files} files, ${(bytes / 1e6).toFixed(1)} MB`;
    terminal.print(`${terminal.style("green", "✓")} ${tp.name}: ${size} in ${folder}${replaced ? " (replaced)" : ""}`);
    terminal.print(
      `Next: try it (cd ${relative(process.cwd(), folder) || "."} && npm ci && npm start), then zip it anew.`,
    );
    return 0;
  } finally {
    bar.end();
  }
}

function readRequest(args: readonly string[]): { readonly tp: Tp; readonly out: string } | "editions" {
  const { positionals, values } = parse(args);
  const [name, ...others] = positionals;
  if (values.editions) {
    if (name === undefined && values.out === undefined) return "editions";
    throw new CliError("--editions compiles those of every TP into dist/editions: it goes alone");
  }
  const known = tps.map((tp) => tp.name).join(", ");
  if (name === undefined) throw new CliError(`which TP? There are ${known}. Usage: retroprop release TP --out DIR`);
  if (others.length > 0) throw new CliError(`one TP at a time: expected ${name} alone, got ${others.join(" ")} too`);
  const tp = tps.find((candidate) => candidate.name === name);
  if (tp === undefined) throw new CliError(`no TP \`${name}\`; there are ${known}`);
  if (values.out === undefined) throw new CliError(`where to? Usage: retroprop release ${name} --out DIR`);
  return { tp, out: values.out };
}

function parse(args: readonly string[]) {
  try {
    const options = { out: { type: "string" }, editions: { type: "boolean" } } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new CliError(`${(error as Error).message.split(". ")[0]}; see \`retroprop release --help\``);
  }
}
