// A notebook of ten cells, run whole: by our runner and by nbconvert, from the command line to the written result.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { kernelFlags, kernelProgram } from "../../kernel/client/kernel-command.js";
import { parseNotebook } from "../../kernel/client/notebook.js";
import { writeAtomically } from "../../kernel/client/write-atomically.js";
import { cellSource, cellText } from "./measure.js";

export interface Runner {
  readonly name: string;
  /** The program and its arguments, which write `output`. */
  readonly command: (input: string, output: string) => readonly [string, ...string[]];
}

const cells = 10;
const cli = fileURLToPath(new URL("../../cli/main.js", import.meta.url));
const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

const nbconvert = (name: string, kernel: string): Runner => ({
  name,
  command: (input, output) => {
    const options = ["--to", "notebook", "--execute", `--ExecutePreprocessor.kernel_name=${kernel}`];
    return [python, "-m", "jupyter", "nbconvert", ...options, "--output", output, input];
  },
});

export function findRunners(): { present: Runner[]; missing: string[] } {
  const ours: Runner = {
    name: "`retroprop run`",
    command: (input, output) => [process.execPath, cli, "run", input, "--out", output],
  };
  const hasNbconvert = spawnSync(python, ["-c", "import nbconvert"]).status === 0;
  if (!hasNbconvert) return { present: [ours], missing: ["without nbconvert: apt-get install jupyter-nbconvert"] };
  const theirs = [nbconvert("nbconvert, our kernel", "retroprop"), nbconvert("nbconvert, stock tslab", "stock")];
  return { present: [ours, ...theirs], missing: [] };
}

/** The notebook, and Jupyter's folder with both kernels; to be done once for a `folder`. */
export function prepareRuns(folder: string, tslab: string | undefined): void {
  const sources = Array.from({ length: cells }, (_, i) => cellSource(i + 1));
  const code = sources.map((source, i) => ({
    cell_type: "code",
    id: `c${i}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  writeFileSync(
    join(folder, "in.ipynb"),
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: code }),
  );
  writeSpec(folder, "retroprop", [...kernelFlags, kernelProgram, "--connection-file"]);
  if (tslab !== undefined) writeSpec(folder, "stock", [tslab, "kernel", "--config-path"]);
}

/** Milliseconds. Throws when the last cell of the result has not printed what it must. */
export function timeRun({ name, command }: Runner, folder: string): number {
  const [input, output] = [join(folder, "in.ipynb"), join(folder, "out.ipynb")];
  const [program, ...args] = command(input, output);
  const env = { ...process.env, JUPYTER_DATA_DIR: join(folder, "data"), JUPYTER_RUNTIME_DIR: join(folder, "runtime") };
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: "utf8", timeout: 120_000 });
  const time = performance.now() - startedAt;
  if (status !== 0) throw new Error(`${name} failed: ${stderr.trim().split("\n").at(-1)}`);
  const last = parseNotebook(readFileSync(output, "utf8"), output).cells.at(-1);
  const [printed] = last?.cell_type === "code" ? last.outputs : [];
  if (printed?.output_type === "stream" && printed.text === cellText(cells)) return time;
  throw new Error(`${name}: its last cell printed ${JSON.stringify(printed)}`);
}

function writeSpec(folder: string, name: string, args: readonly string[]): void {
  const argv = [process.execPath, ...args, "{connection_file}"];
  const spec = { argv, display_name: name, language: "typescript", interrupt_mode: "message" };
  writeAtomically(join(folder, "data/kernels", name, "kernel.json"), JSON.stringify(spec));
}
