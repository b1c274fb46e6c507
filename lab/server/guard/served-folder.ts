// Paths of requests → files under the served folder; what leads out of it, or is not for pages, is refused.
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { isInside } from "../../../kernel/client/is-inside.js";
import { HttpFault } from "../http/http-fault.js";
import type { Words } from "../words.js";

/** Where the rest of a too long output is written, in the notebook's folder. */
export const outputsFolder = ".retroprop/outputs";

export class ServedFolder {
  /** With no symbolic link in it. */
  readonly root: string;

  constructor(folder: string) {
    this.root = realpathSync.native(folder);
  }

  /** The file or folder at `path`, which need not exist: slashes, from the root; "" is the root. */
  locate(path: string, words: Words): string {
    if (!isPlain(path) || !segments(path).every(isOpen)) throw refusal(words);
    return this.follow(join(this.root, path), words);
  }

  /** The same for a file that holds the rest of an output: `notebooks/.retroprop/outputs/tp1.train.txt`. */
  locateOutput(path: string, words: Words): string {
    const [folder, name, ...rest] = path.split(new RegExp(`(?:^|/)${outputsFolder.replace(".", "\\.")}/`));
    const isOutput = folder !== undefined && name !== undefined && rest.length === 0 && /^[\w-][\w.-]*$/.test(name);
    if (!isOutput) throw refusal(words);
    const file = join(this.locate(folder, words), outputsFolder, name);
    if (!existsSync(file)) throw new HttpFault(404, "not-found", words.noSuchFile(path));
    if (realpathSync.native(file) !== file) throw refusal(words);
    return file;
  }

  /** From the root, with slashes. */
  pathOf(file: string): string {
    return relative(this.root, file).split(sep).join("/");
  }

  /** True for names that listings show. */
  isShown(folder: string, name: string, words: Words): boolean {
    try {
      return existsSync(this.locate(this.pathOf(join(folder, name)), words));
    } catch {
      return false;
    }
  }

  /** What links lead to must lie in the served folder too, under a name that is open. */
  private follow(file: string, words: Words): string {
    if (!existsSync(file)) {
      const parent = dirname(file);
      return parent === file ? file : join(this.follow(parent, words), basename(file));
    }
    const real = realpathSync.native(file);
    if (!isInside(this.root, real) || !segments(this.pathOf(real)).every(isOpen)) throw refusal(words);
    return real;
  }
}

const segments = (path: string): string[] => (path === "" ? [] : path.split("/"));

/** No other way to write a path than ours: no backslash, no drive, no NUL, not absolute; nor a stream of NTFS. */
const isPlain = (path: string): boolean =>
  !/[\\\0]/.test(path) && !/^[a-z]:/i.test(path) && !(process.platform === "win32" && path.includes(":"));

/** Neither `..` nor what begins with a dot; "" stands between two slashes. */
const isOpen = (name: string): boolean => name !== "" && !name.startsWith(".") && name.toLowerCase() !== "node_modules";

const refusal = (words: Words): HttpFault => new HttpFault(403, "outside", words.outside);
