// Who runs: ours in several variants, NumPy, PyTorch, and the libraries of bench/peers; how each is started, what is missing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Competitor {
  /** As `--only` names it. */
  readonly name: string;
  /** As the report does. */
  readonly label: string;
  /** `ours` comes first in a report; `javascript` is what ours is compared with, besides PyTorch. */
  readonly family: "ours" | "python" | "javascript";
  /** Its program and arguments, before the task and the folder. */
  readonly command: readonly [string, ...string[]];
  readonly threads: number;
  /** What it comes in: a package of npm or a module of Python; undefined for ours. */
  readonly needs?: string;
}

/** bench/ itself, seen from dist/bench/. */
export const benchFolder = fileURLToPath(new URL("../../bench", import.meta.url));

const python = pythonProgram();

const ours = (name: string, label: string, variant: string, threads = 1): Competitor => ({
  name,
  label,
  family: "ours",
  command: [process.execPath, fileURLToPath(new URL("competitors/retroprop.js", import.meta.url)), variant],
  threads,
});

const inPython = (name: string, label: string, needs: string, args: readonly string[], threads = 1): Competitor => ({
  name,
  label,
  family: "python",
  command: [python, join(benchFolder, "competitors", `${args[0]}.py`), ...args.slice(1)],
  threads,
  needs,
});

const peer = (name: string, needs: string, script: string, ...args: readonly string[]): Competitor => ({
  name,
  label: name,
  family: "javascript",
  command: [process.execPath, join(benchFolder, "peers", script), ...args],
  threads: 1,
  needs,
});

export const competitors: readonly Competitor[] = [
  ours("retroprop", "retroprop", "training-loop"),
  ours("retroprop-student", "retroprop, a student's loop", "student-loop"),
  ours("retroprop-tp1", "retroprop, TP1's `sgdStep`", "sgd-step"),
  ours("retroprop-reference", "retroprop, reference backend", "reference"),
  ours("retroprop-workers", "retroprop, 2 workers", "workers", 2),
  inPython("pytorch", "PyTorch", "torch", ["pytorch_bench", "1"]),
  inPython("pytorch-2", "PyTorch, 2 threads", "torch", ["pytorch_bench", "2"], 2),
  inPython("numpy", "NumPy", "numpy", ["numpy_bench"]),
  peer("tfjs-cpu", "@tensorflow/tfjs-backend-cpu", "tfjs.mjs", "cpu"),
  peer("tfjs-wasm", "@tensorflow/tfjs-backend-wasm", "tfjs.mjs", "wasm"),
  peer("jax-js", "@jax-js/jax", "jax.mjs"),
  peer("js-pytorch", "js-pytorch", "js-pytorch.mjs"),
  peer("convnetjs", "convnetjs", "convnet.mjs"),
  peer("ml-fnn", "ml-fnn", "ml-fnn.mjs"),
  peer("brain.js", "brain.js", "brain.mjs"),
];

/** Those that can run here, and a line for each thing that is missing: who stays away, and how to install it. */
export function findPresent(wanted: readonly Competitor[]): { present: Competitor[]; missing: string[] } {
  const modules = pythonModules();
  const isPresent = ({ family, needs = "" }: Competitor) => {
    if (family === "ours") return true;
    return family === "python" ? modules.has(needs) : existsSync(join(benchFolder, "peers/node_modules", needs));
  };
  const present = wanted.filter(isPresent);
  const away = (family: Competitor["family"]) =>
    wanted.filter((competitor) => competitor.family === family && !isPresent(competitor)).map(({ name }) => name);
  const remedies = {
    python: "apt-get install python3-torch python3-numpy (or pip install torch numpy)",
    javascript: "npm ci --prefix bench/peers",
  };
  const missing = (["python", "javascript"] as const).flatMap((family) => {
    const names = away(family);
    return names.length === 0 ? [] : [`without ${names.join(", ")}: ${remedies[family]}`];
  });
  return { present, missing };
}

/** Debian's Python has Debian's packages, whatever else may be called python3. */
function pythonProgram(): string {
  if (existsSync("/usr/bin/python3")) return "/usr/bin/python3";
  return process.platform === "win32" ? "python" : "python3";
}

function pythonModules(): ReadonlySet<string> {
  const code = "import importlib.util as u; print(*[m for m in ('numpy', 'torch') if u.find_spec(m)])";
  const { stdout } = spawnSync(python, ["-c", code], { encoding: "utf8" });
  return new Set((stdout ?? "").trim().split(/\s+/));
}
