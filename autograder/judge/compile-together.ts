// Compiles ordinary programs in one lasting compiler process: a millisecond each, where a process of its own takes ten.
import { setMaxListeners } from "node:events";
import { stop, type TransformFailure, transform } from "esbuild";
import { type CompilerOutput, notCompiled } from "./compile-alone.js";

/** Five times a TP. The longest nesting of so little text is within the compiler's stack; longer text could crash it. */
const ordinaryLength = 48 * 1024;

/** Programs of a few lines exist that keep a compiler for minutes. */
const patienceMs = 2_000;

/** Aborted when the compiler in use is stopped: whoever waits for it must not wait any longer. */
let current = newCompiler();

/**
 * Undefined for a program that must be compiled alone: it is long, it keeps the compiler, or it was there when another did.
 * @throws StudentFault "does-not-compile"
 */
export async function compileTogether(program: string): Promise<CompilerOutput | undefined> {
  if (program.length > ordinaryLength) return undefined;
  const mine = current;
  try {
    return await unlessStopped(transform(program, options), mine.signal);
  } catch (error) {
    const [fault] = (error as Partial<TransformFailure>).errors ?? [];
    if (fault !== undefined) throw notCompiled(fault.text, fault.location?.line);
    if (mine === current) await renew(); // the first to notice; the next program gets a new compiler
    return undefined;
  }
}

function newCompiler(): AbortController {
  const compiler = new AbortController();
  setMaxListeners(0, compiler.signal); // as many as programs are compiled at a time
  return compiler;
}

async function renew(): Promise<void> {
  current.abort();
  current = newCompiler();
  await stop();
}

const options = {
  loader: "ts",
  format: "esm",
  target: "es2022",
  charset: "utf8",
  sourcemap: "external",
  sourcesContent: false,
  sourcefile: "submission.ts",
  tsconfigRaw: "{}", // nothing of a submission's folder, nor of ours, configures how it is compiled
  logLevel: "silent",
  logLimit: 1,
} as const;

function unlessStopped<T>(result: Promise<T>, compiler: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error("the compiler does not answer"));
    const timer = setTimeout(giveUp, patienceMs);
    compiler.addEventListener("abort", giveUp);
    const forget = () => {
      clearTimeout(timer);
      compiler.removeEventListener("abort", giveUp);
    };
    result.finally(forget).then(resolve, reject);
  });
}
