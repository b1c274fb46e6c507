// The licences of what the bundle contains, as their authors ask: bundle/NOTICE.txt.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Packages by licence text, in the order of their names. */
export function notice(folder, metafile) {
  const groups = new Map();
  for (const name of packagesOf(metafile)) {
    const { label, text } = licenceOf(join(folder, name));
    groups.set(text, [...(groups.get(text) ?? []), label]);
  }
  const parts = [...groups].map(([text, labels]) => `${labels.join("\n")}\n\n${text}\n`);
  return `This bundle contains the packages below, under their licences.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** `node_modules/@scope/name` of every file that ended in an output. */
function packagesOf({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.map((path) => /^(?:\(disabled\):)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(folders.filter((name) => name !== undefined))].sort();
}

function licenceOf(folder) {
  const { name, version, license = "see below" } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder)
    .sort()
    .find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file === undefined ? jupyterLicence(folder, license) : readFileSync(join(folder, file), "utf8");
  return { label: `${name} ${version} (${license})`, text: text.replaceAll("\r\n", "\n").trim() };
}

/** Packages of one project often carry no copy of its licence: the name of the licence and of the authors stands for it. */
function jupyterLicence(folder, license) {
  const { author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const authors = typeof author === "string" ? author : (author?.name ?? "its authors");
  const shared = join(folder, "..", "LICENSE");
  return existsSync(shared) ? readFileSync(shared, "utf8") : `Copyright (c) ${authors}. Licence: ${license}.`;
}
