// A submission's TypeScript to the JavaScript that runs, one file, nothing resolved; and from a line back to the source.
// The compiler runs in a process of its own, a few milliseconds: small programs exist that crash it or keep it for minutes.
import { execFile } from "node:child_process";
import { createRequire, SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { type FaultDetail, StudentFault } from "./student-fault.js";

export interface Compiled {
  readonly code: string;
  /** The line of the source, from 1, for a place in `code`, from 1. */
  sourceLine(line: number, column?: number): number | undefined;
}

/** @throws StudentFault "does-not-compile" with the line. Types are not checked. */
export async function compile(program: string): Promise<Compiled> {
  const output = await runCompiler(program);
  const map = output.lastIndexOf(mapComment);
  if (map < 0) throw notCompiled({ name: "SyntaxError", message: "no output" });
  const encoded = output.slice(map + mapComment.length).trim();
  const sourceMap = new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString("utf8")));
  return {
    code: output.slice(0, map),
    sourceLine(line, column = 1) {
      const entry = sourceMap.findEntry(line - 1, column - 1);
      return "originalLine" in entry ? entry.originalLine + 1 : undefined;
    },
  };
}

const mapComment = "//# sourceMappingURL=data:application/json;base64,";
const timeLimitMs = 5_000;

const options = [
  "--loader=ts",
  "--format=esm",
  "--target=es2022",
  "--charset=utf8",
  "--sourcemap=inline",
  "--sources-content=false",
  "--sourcefile=submission.ts",
  "--tsconfig-raw={}", // nothing of a submission's folder, nor of ours, configures how it is compiled
  "--log-level=error",
  "--log-limit=1",
  "--color=false",
];

function runCompiler(program: string): Promise<string> {
  const limits = { timeout: timeLimitMs, killSignal: "SIGKILL", maxBuffer: 32 * 2 ** 20 } as const;
  return new Promise((resolve, reject) => {
    const compiler = execFile(
      esbuildPath(),
      options,
      { ...limits, cwd: tmpdir(), env: {} },
      (error, output, errors) => {
        if (error === null) resolve(output);
        else if (error.code === "ENOENT") reject(error);
        else reject(notCompiled(detailOf(errors)));
      },
    );
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
function detailOf(errors: string): FaultDetail {
  const message = /\[ERROR\] (.*)/.exec(errors)?.[1] ?? "too complex to compile";
  const line = /submission\.ts:(\d+):\d+:/.exec(errors)?.[1];
  return { name: "SyntaxError", message, ...(line === undefined ? {} : { line: Number(line) }) };
}

const notCompiled = (detail: FaultDetail): StudentFault => new StudentFault("does-not-compile", detail);
