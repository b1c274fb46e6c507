// `retroprop kernel install|uninstall|start`: the notebooks' kernel for Jupyter's front ends, without Python's help.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { kernelFlags, kernelProgram } from "../../kernel/client/kernel-command.js";
import { CliError, type Command, type ExitCode } from "../command.js";
import { prefixKernels, userKernels } from "../kernel/jupyter-folders.js";
import { installSpec, type Kernelspec, KernelspecError, uninstallSpec } from "../kernel/kernelspec.js";
import type { Terminal } from "../terminal.js";

const defaultName = "tslab";

const help = `Usage: retroprop kernel install   [--user | --prefix DIR] [--name NAME]
       retroprop kernel uninstall [--user | --prefix DIR] [--name NAME]
       retroprop kernel start --connection-file FILE

install    makes JupyterLab, Jupyter Notebook and VS Code find the kernel "TypeScript" of this folder; no Python is run.
           A kernel that already has its name, such as the stock tslab, is set aside.
uninstall  takes back what install has written, and nothing else; what was set aside returns.
start      runs the kernel for a front end, which says in FILE where to listen.

  --user         for all front ends of this user: the default
  --prefix DIR   for a Python environment: DIR/share/jupyter/kernels
  --name NAME    the name by which notebooks ask for the kernel; "${defaultName}" unless told, as the course's notebooks do

Exit codes: 0 done, 2 wrong usage, a folder that cannot be written or a kernel that is not ours; start ends as the kernel does.`;

export const kernel: Command = {
  name: "kernel",
  summary: "make Jupyter and VS Code find the notebooks' kernel, or no longer",
  help,
  async run(args, terminal) {
    const [action, ...rest] = args;
    if (action === "install") return install(readPlace(rest), terminal);
    if (action === "uninstall") return uninstall(readPlace(rest), terminal);
    if (action === "start") return start(readConnectionFile(rest));
    throw new CliError(
      `expected install, uninstall or start, got ${action ?? "nothing"}; see \`retroprop kernel --help\``,
    );
  },
};

/** Which kernel of which folder of kernels. */
interface Place {
  readonly kernels: string;
  readonly name: string;
  readonly isUser: boolean;
}

function install(place: Place, terminal: Terminal): ExitCode {
  const outcome = attempt(() => installSpec(place.kernels, place.name, ourSpec()));
  terminal.print(`${terminal.style("green", "✓")} kernel ${place.name} ${outcome} in ${place.kernels}`);
  if (outcome === "replaced")
    terminal.print("The kernel of that name is set aside: `retroprop kernel uninstall` brings it back.");
  for (const line of whoFinds(place)) terminal.print(line);
  return 0;
}

function uninstall({ kernels, name }: Place, terminal: Terminal): ExitCode {
  const outcome = attempt(() => uninstallSpec(kernels, name));
  const told = {
    absent: `there is no kernel ${name} in ${kernels}: nothing to take back`,
    removed: `kernel ${name} removed from ${kernels}`,
    restored: `kernel ${name} in ${kernels} is the one from before again`,
  };
  terminal.print(told[outcome]);
  return 0;
}

function ourSpec(): Kernelspec {
  return {
    argv: [process.execPath, ...kernelFlags, kernelProgram, "--connection-file", "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

/** What the front ends of this machine make of it, and the remedy where they do not find it. */
function whoFinds({ kernels, name, isUser }: Place): string[] {
  const jupyter = kernelsJupyterKnows();
  if (jupyter === undefined) {
    const everywhere = isUser
      ? "VS Code (with its Jupyter extension) finds it; Jupyter, once it is there, will too"
      : "";
    return [
      `Jupyter is not on the PATH: pip install jupyterlab, or apt-get install jupyter-notebook. ${everywhere}`.trim(),
    ];
  }
  if (jupyter.get(name) === realpathSync(join(kernels, name))) {
    return ["Found by Jupyter, and by VS Code with its Jupyter extension. Next: open a notebook, choose “TypeScript”."];
  }
  const other = jupyter.get(name);
  return [
    other === undefined
      ? `The Jupyter on the PATH does not look there: give its prefix (\`python3 -c "import sys; print(sys.prefix)"\`) to --prefix.`
      : `The Jupyter on the PATH takes its kernel ${name} from ${other}: install there (--prefix), or choose another --name.`,
  ];
}

/** Name → folder; undefined when there is no Jupyter on the PATH. */
function kernelsJupyterKnows(): ReadonlyMap<string, string> | undefined {
  const { status, stdout } = spawnSync("jupyter", ["kernelspec", "list", "--json"], {
    encoding: "utf8",
    timeout: 20_000,
  });
  if (status !== 0) return undefined;
  const { kernelspecs } = JSON.parse(stdout) as { kernelspecs: Record<string, { resource_dir: string }> };
  return new Map(Object.entries(kernelspecs).map(([name, { resource_dir }]) => [name, realpathSync(resource_dir)]));
}

/** A process of its own, for Node's options. It ends as that one does; Ctrl-C reaches both, and a kernel outlives it. */
function start(connectionFile: string): Promise<ExitCode> {
  const child = spawn(process.execPath, [...kernelFlags, kernelProgram, "--connection-file", connectionFile], {
    stdio: "inherit",
  });
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exitCode, signal) => {
      if (signal !== null) process.kill(process.pid, "SIGKILL");
      resolve(exitCode as ExitCode);
    });
  });
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof KernelspecError) throw new CliError(error.message);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CliError(`${message}; name a folder that can be written with --prefix, or set JUPYTER_DATA_DIR`);
  }
}

function readPlace(args: readonly string[]): Place {
  const { user, prefix, name } = parse(args, {
    user: { type: "boolean" },
    prefix: { type: "string" },
    name: { type: "string", default: defaultName },
  } as const);
  if (user && prefix !== undefined) throw new CliError("--user and --prefix name two places: choose one");
  if (prefix === "") throw new CliError("--prefix wants a folder, received an empty name");
  if (!/^[\w.-]+$/.test(name)) {
    throw new CliError(`--name: expected letters, digits, dots, hyphens and underscores, got ${JSON.stringify(name)}`);
  }
  const kernels = prefix === undefined ? userKernels() : prefixKernels(resolve(prefix));
  return { kernels, name, isUser: prefix === undefined };
}

function readConnectionFile(args: readonly string[]): string {
  const { "connection-file": file } = parse(args, { "connection-file": { type: "string" } } as const);
  if (file === undefined) throw new CliError("start wants --connection-file FILE, which a front end writes");
  if (!existsSync(file)) throw new CliError(`--connection-file: there is no file ${file}`);
  return resolve(file);
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(args: readonly string[], options: T) {
  try {
    return parseArgs<{ args: string[]; options: NonNullable<T> }>({ args: [...args], options: options! }).values;
  } catch (error) {
    const [reason] = (error as Error).message.split(/\. |\n/);
    throw new CliError(`${reason}; see \`retroprop kernel --help\``);
  }
}
