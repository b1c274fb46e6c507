// `retroprop start [TP]`: the notebooks in the browser, with nothing but Node, until Ctrl-C.
import { existsSync, realpathSync, statSync } from "node:fs";
import { totalmem } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { isInside } from "../../kernel/client/is-inside.js";
import { startRelayedKernel } from "../../kernel/client/relayed-kernel.js";
import { openAnalysis } from "../../lab/analysis/open-analysis.js";
import type { StartKernel } from "../../lab/server/kernels/lab-kernel.js";
import { answers, askTicket, leaveRecord, readRecord, type ServerRecord } from "../../lab/server/running-server.js";
import { type LabServer, type LabServerOptions, startLabServer } from "../../lab/server/server.js";
import { CliError, type Command, type ExitCode, wrongOptions } from "../command.js";
import { courseRoot } from "../course-root.js";
import { onInterrupt } from "../on-interrupt.js";
import { openBrowser } from "../open-browser.js";
import type { Terminal } from "../terminal.js";

const firstPort = 8888;
const triedPorts = 10;

const help = [
  "Usage: retroprop start [TP|NOTEBOOK] [--port N] [--no-open] [--folder DIR]",
  "",
  "Serves the notebooks of the course to the browser of this machine, and opens it: on the TP (tp1), on a notebook of the",
  "folder (notebooks/tp1.ipynb), or on the list of them with your progress. Nothing else is needed, and nothing leaves",
  "the machine. The address that is printed holds a secret: whoever has it can run code as you.",
  "",
  `  --port N      listen on that port; ${firstPort} or the next that is free unless told`,
  "  --no-open     only print the address",
  "  --folder DIR  serve that folder instead of the course's",
  "",
  "Started twice on one folder, it says where the first one runs and opens that. Ctrl-C ends it and its kernels.",
  "Exit codes: 0 done, 2 wrong usage, or a port or a folder that cannot be had.",
].join("\n");

/** What tests replace. */
export interface StartParts extends Pick<LabServerOptions, "bundle" | "startKernel" | "openAnalysis"> {
  openBrowser(address: string): void;
}

export const createStartCommand = (parts: StartParts): Command => ({
  name: "start",
  summary: "work on the notebooks in the browser",
  help,
  run: async (args, terminal) => runCommand(readRequest(args), parts, terminal),
});

/** Half of the machine, within reason: for what JavaScript keeps track of, typed arrays not among them. */
const memoryLimitMb = Math.min(4096, Math.max(1024, Math.floor(totalmem() / 2 ** 21)));

const startKernel: StartKernel = (folder, onMessage) => startRelayedKernel({ folder, memoryLimitMb }, onMessage);

export const start: Command = createStartCommand({
  bundle: join(courseRoot, "lab", "page", "bundle"),
  startKernel,
  openAnalysis,
  openBrowser,
});

interface Request {
  /** Without symbolic links. */
  readonly folder: string;
  /** Under the folder, with slashes; undefined for the home page. */
  readonly notebook: string | undefined;
  readonly port: number | undefined;
  readonly opens: boolean;
}

async function runCommand(request: Request, parts: StartParts, terminal: Terminal): Promise<ExitCode> {
  const record = readRecord(request.folder);
  if (record !== undefined && (await answers(record))) return joinFirst(request, record, parts, terminal);
  const server = await listen(request, record, parts, terminal);
  leaveRecord(request.folder, server);
  const page = pageOf(request);
  terminal.print(`Rétroprop sert ${request.folder} à cette adresse, qui est votre clé :`);
  terminal.print();
  terminal.print(`  ${terminal.style("bold", server.address(page))}`);
  terminal.print();
  terminal.print("Ctrl-C arrête le serveur et les noyaux.");
  if (request.opens) parts.openBrowser(server.ticketAddress(page));
  server.prepareKernel(kernelFolder(request));
  await interrupted();
  await server.close();
  terminal.print();
  terminal.print("Rétroprop est arrêté ; aucun noyau ne tourne plus.");
  return 0;
}

/** A server of that folder runs: two would not know of each other's kernels. */
async function joinFirst(
  request: Request,
  record: ServerRecord,
  parts: StartParts,
  terminal: Terminal,
): Promise<ExitCode> {
  const page = `http://127.0.0.1:${record.port}${pageOf(request)}`;
  terminal.print(`Rétroprop sert déjà ${request.folder} (Ctrl-C, là où il a été lancé, l’arrête) :`);
  terminal.print();
  terminal.print(`  ${terminal.style("bold", `${page}?token=${record.token}`)}`);
  if (!request.opens) return 0;
  const ticket = await askTicket(record);
  if (ticket !== undefined) parts.openBrowser(`${page}?ticket=${ticket}`);
  return 0;
}

/** The port of last time first, where nothing else is asked for: pages that are still open find the server again. */
async function listen(
  { folder, port }: Request,
  record: ServerRecord | undefined,
  parts: StartParts,
  terminal: Terminal,
): Promise<LabServer> {
  const usual = Array.from({ length: triedPorts }, (_, i) => firstPort + i);
  const ports = port ? [port] : [...(record === undefined ? [] : [record.port]), ...usual, 0];
  const report = (error: unknown) =>
    terminal.warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  try {
    return await startLabServer({ folder, ports, report, ...parts });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw new CliError(`port ${port} is in use: name another, or leave --port out`);
    if (code === "EACCES") throw new CliError(`port ${port} may not be listened on: name one above 1023`);
    throw code === undefined ? error : new CliError(message);
  }
}

const pageOf = ({ notebook }: Request): string =>
  notebook === undefined ? "/" : `/notebooks/${notebook.split("/").map(encodeURIComponent).join("/")}`;

/** Where the first notebook that is opened probably lies. */
function kernelFolder({ folder, notebook }: Request): string {
  if (notebook !== undefined) return dirname(join(folder, notebook));
  const notebooks = join(folder, "notebooks");
  return existsSync(notebooks) ? notebooks : folder;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    onInterrupt(() => resolve());
  });
}

function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parseOptions(args);
  const [what, ...others] = positionals;
  if (others.length > 0)
    throw new CliError(`one notebook at a time: expected ${what} alone, got ${others.join(" ")} too`);
  const folder = readFolder(values.folder);
  return { folder, notebook: readNotebook(what, folder), port: readPort(values.port), opens: !values["no-open"] };
}

function readFolder(given: string | undefined): string {
  const folder = resolve(given ?? courseRoot);
  if (given === "" || !existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new CliError(`--folder: there is no folder ${JSON.stringify(given)}`);
  }
  return realpathSync.native(folder);
}

/** `tp1`, or the path of a notebook from here or from the folder. */
function readNotebook(what: string | undefined, folder: string): string | undefined {
  if (what === undefined) return undefined;
  const inCourse = join(folder, "notebooks", `${what}.ipynb`);
  const candidates = what.endsWith(".ipynb") ? [resolve(what), resolve(folder, what)] : [inCourse];
  const file = candidates.find((one) => existsSync(one));
  if (file === undefined)
    throw new CliError(`there is no notebook ${candidates.at(-1)}: name a TP (tp1) or an .ipynb file`);
  const real = realpathSync.native(file);
  if (!isInside(folder, real)) throw new CliError(`${what} is not in ${folder}: name its folder with --folder`);
  return relative(folder, real).split(sep).join("/");
}

function readPort(text: string | undefined): number | undefined {
  const port = Number(text ?? 0);
  if (text !== "" && Number.isInteger(port) && port >= 0 && port < 65_536) return port === 0 ? undefined : port;
  throw new CliError(`--port: expected a port from 1 to 65535, or 0 for any that is free, got ${JSON.stringify(text)}`);
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { port: { type: "string" }, "no-open": { type: "boolean", default: false }, folder: { type: "string" } },
    });
  } catch (error) {
    throw wrongOptions("start", error);
  }
}
