// Compiles one program in a process of its own, killed when it takes too long: for programs that may crash a compiler.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { processorUse } from "../sandbox/processor-use.js";
import { CallClock } from "./call-clock.js";
import { StudentFault } from "./student-fault.js";

export interface CompilerOutput {
  readonly code: string;
  /** A source map, as JSON. */
  readonly map: string;
}

/** @throws StudentFault "does-not-compile" */
export async function compileAlone(program: string): Promise<CompilerOutput> {
  // A compiler that ends well has said something. Once, on a busy machine, one had not: that is no fault of a student.
  const found = splitOutput(await runCompiler(program)) ?? splitOutput(await runCompiler(program));
  if (found === undefined) throw new Error("internal: the compiler ended without an output");
  return found;
}

function splitOutput(output: string): CompilerOutput | undefined {
  const map = output.lastIndexOf(mapComment);
  if (map < 0) return undefined;
  const encoded = output.slice(map + mapComment.length).trim();
  return { code: output.slice(0, map), map: Buffer.from(encoded, "base64").toString("utf8") };
}

export function notCompiled(message: string, line?: number): StudentFault {
  return new StudentFault("does-not-compile", {
    name: "SyntaxError",
    message,
    ...(line === undefined ? {} : { line }),
  });
}

const mapComment = "//# sourceMappingURL=data:application/json;base64,";
/** Of a processor, where that can be told. */
const timeLimitMs = 5_000;

const options = [
  "--loader=ts",
  "--format=esm",
  "--target=es2022",
  "--charset=utf8",
  "--sourcemap=inline",
  "--sources-content=false",
  "--sourcefile=submission.ts",
  "--tsconfig-raw={}",
  "--log-level=error",
  "--log-limit=1",
  "--color=false",
];

function runCompiler(program: string): Promise<string> {
  const surroundings = { maxBuffer: 32 * 2 ** 20, cwd: tmpdir(), env: {} };
  return new Promise((resolve, reject) => {
    const compiler = execFile(esbuildPath(), options, surroundings, (error, output, errors) => {
      clock.stop();
      if (error === null) resolve(output);
      else if (error.code === "ENOENT") reject(error);
      else reject(faultIn(errors));
    });
    const use = () => (compiler.pid === undefined ? undefined : processorUse(compiler.pid));
    const clock = new CallClock({ processorUse: use }, timeLimitMs, () => void compiler.kill("SIGKILL"));
    compiler.stdin?.on("error", () => {}); // it ended before it had read everything: its exit code tells
    compiler.stdin?.end(program);
  });
}

/** The program itself: the one of the package `esbuild` may be a script around it. */
function esbuildPath(): string {
  const fromEsbuild = createRequire(createRequire(import.meta.url).resolve("esbuild/package.json"));
  const { platform, arch } = process;
  return fromEsbuild.resolve(`@esbuild/${platform}-${arch}/${platform === "win32" ? "esbuild.exe" : "bin/esbuild"}`);
}

/** `✘ [ERROR] Unexpected "}"`, an empty line, `    submission.ts:3:5:`. */
function faultIn(errors: string): StudentFault {
  const message = /\[ERROR\] (.*)/.exec(errors)?.[1] ?? "too complex to compile";
  const line = /submission\.ts:(\d+):\d+:/.exec(errors)?.[1];
  return notCompiled(message, line === undefined ? undefined : Number(line));
}
