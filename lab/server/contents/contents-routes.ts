// Jupyter's contents API: read, save, make, rename and remove files, and go back to a checkpoint.
import { copyFileSync, existsSync, mkdirSync, rmdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { renameOver } from "../../../kernel/client/rename-over.js";
import type { writeAtomically } from "../../../kernel/client/write-atomically.js";
import type { ServedFolder } from "../guard/served-folder.js";
import { type Exchange, type Route, readJson, sendJson } from "../http/exchange.js";
import { HttpFault } from "../http/http-fault.js";
import type { Words } from "../words.js";
import { listCheckpoints, makeCheckpoint, removeCheckpoint, restoreCheckpoint } from "./checkpoints.js";
import { describe, largestFile } from "./content-model.js";
import { onFile } from "./file-faults.js";
import { saveFile } from "./save-file.js";

/** `write` puts a file on the disk: tests have it fail. */
export function contentsRoutes(served: ServedFolder, write?: typeof writeAtomically): Route[] {
  /** The file that a request names, and what the system refuses about it as an answer. */
  const on = (exchange: Exchange, path: string, work: (file: string) => void) =>
    onFile(path, exchange.words, () => work(served.locate(path, exchange.words)));
  const answer = (exchange: Exchange, status: number, path: string) =>
    on(exchange, path, (file) =>
      sendJson(exchange, status, describe(served, file, { content: false }, exchange.words)),
    );

  return [
    {
      method: "GET",
      path: /^\/api\/contents\/(.+)\/checkpoints\/?$/,
      handle: (exchange, path = "") => on(exchange, path, (file) => sendJson(exchange, 200, listCheckpoints(file))),
    },
    {
      method: "POST",
      path: /^\/api\/contents\/(.+)\/checkpoints\/?$/,
      handle: (exchange, path = "") => on(exchange, path, (file) => sendJson(exchange, 201, makeCheckpoint(file))),
    },
    {
      method: "POST",
      path: /^\/api\/contents\/(.+)\/checkpoints\/[^/]+$/,
      handle: (exchange, path = "") => {
        on(exchange, path, restoreCheckpoint);
        sendJson(exchange, 204);
      },
    },
    {
      method: "DELETE",
      path: /^\/api\/contents\/(.+)\/checkpoints\/[^/]+$/,
      handle: (exchange, path = "") => {
        on(exchange, path, removeCheckpoint);
        sendJson(exchange, 204);
      },
    },
    {
      method: "GET",
      path: contents,
      handle: (exchange, path = "") => {
        const { searchParams } = exchange.url;
        const option = (name: string) => searchParams.get(name) ?? undefined;
        const wanted = { content: option("content") !== "0", type: option("type"), format: option("format") };
        on(exchange, path, (file) => sendJson(exchange, 200, describe(served, file, wanted, exchange.words)));
      },
    },
    {
      method: "PUT",
      path: contents,
      async handle(exchange, path = "") {
        const model = await readJson(exchange, largestFile);
        if (model["type"] === "directory") {
          on(exchange, path, (file) => mkdirSync(file));
          return answer(exchange, 201, path);
        }
        const isNew = !existsSync(served.locate(path, exchange.words));
        const saved = saveFile(path, model, { served, words: exchange.words, ...(write && { write }) });
        sendJson(exchange, isNew ? 201 : 200, saved);
      },
    },
    {
      method: "POST",
      path: contents,
      async handle(exchange, folder = "") {
        answer(exchange, 201, create(served, folder, await readJson(exchange), exchange.words, write));
      },
    },
    {
      method: "PATCH",
      path: contents,
      async handle(exchange, path = "") {
        const { path: target } = await readJson(exchange);
        rename(served, path, String(target ?? ""), exchange.words);
        answer(exchange, 200, String(target));
      },
    },
    {
      method: "DELETE",
      path: contents,
      handle: (exchange, path = "") => {
        if (path === "") throw new HttpFault(403, "outside", exchange.words.outside);
        on(exchange, path, remove);
        sendJson(exchange, 204);
      },
    },
  ];
}

const contents = /^\/api\/contents(?:\/(.*))?$/;

/** A new notebook, file or folder, or a copy, under a name that is free; returns its path. */
function create(
  served: ServedFolder,
  folder: string,
  { type, ext, copy_from: source }: Readonly<Record<string, unknown>>,
  words: Words,
  write: typeof writeAtomically | undefined,
): string {
  if (typeof source === "string") {
    const path = freePath(served, folder, basename(source, extname(source)), extname(source), words);
    onFile(path, words, () => copyFileSync(served.locate(source, words), served.locate(path, words)));
    return path;
  }
  if (type === "directory") {
    const path = freePath(served, folder, words.newFolder, "", words);
    onFile(path, words, () => mkdirSync(served.locate(path, words)));
    return path;
  }
  const isNotebook = type === "notebook";
  const ending = isNotebook ? ".ipynb" : /^\.\w+$/.test(String(ext)) ? String(ext) : ".txt";
  const path = freePath(served, folder, isNotebook ? words.newNotebook : words.newFile, ending, words);
  saveFile(path, { type, content: isNotebook ? newNotebook : "" }, { served, words, ...(write && { write }) });
  return path;
}

const newNotebook = {
  cells: [],
  metadata: {
    kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
    language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
  },
  nbformat: 4,
  nbformat_minor: 5,
};

function freePath(served: ServedFolder, folder: string, stem: string, ending: string, words: Words): string {
  const prefix = folder === "" ? "" : `${folder}/`;
  for (let number = 1; ; number++) {
    const path = `${prefix}${stem}${number === 1 ? "" : ` ${number}`}${ending}`;
    if (!existsSync(served.locate(path, words))) return path;
  }
}

function rename(served: ServedFolder, from: string, to: string, words: Words): void {
  const [source, target] = [served.locate(from, words), served.locate(to, words)];
  if (from === "" || to === "") throw new HttpFault(403, "outside", words.outside);
  onFile(from, words, () => {
    statSync(source);
    if (existsSync(target) && source !== target) throw new HttpFault(409, "exists", words.exists(to));
    renameOver(source, isSameButForCase(from, to) ? join(dirname(source), basename(to)) : target);
  });
}

/** Where the system holds `tp1` and `TP1` for one file, it says of the new name that it is the old one. */
const isSameButForCase = (from: string, to: string): boolean =>
  dirname(from) === dirname(to) && basename(from).toLowerCase() === basename(to).toLowerCase();

/** Folders only when they are empty: nothing here brings them back. */
function remove(file: string): void {
  if (statSync(file).isDirectory()) rmdirSync(file);
  else rmSync(file);
}
