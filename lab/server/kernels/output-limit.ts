// Outputs too long for a page: cut in what it gets, whole in a file beside the notebook.
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parentIdOf } from "../../../kernel/client/channels.js";
import { type JupyterMessage, newHeader } from "../../../kernel/client/relayed-kernel.js";
import { makeFolder } from "../../../kernel/client/write-atomically.js";
import { keepOutOfGit } from "../contents/own-folder.js";
import { outputsFolder } from "../guard/served-folder.js";
import type { Words } from "../words.js";

/** In characters: of what a cell prints, of one display, of one file on the disk. */
export interface OutputLimits {
  readonly stream: number;
  readonly display: number;
  readonly file: number;
}

const usualLimits: OutputLimits = { stream: 1_000_000, display: 10_000_000, file: 200_000_000 };

/** Executions that are remembered: what they left running may still print. */
const remembered = 50;

interface Printed {
  readonly name: string;
  /** What the page has got: it goes to the file first, if there comes to be one. */
  kept: string[];
  size: number;
  inFile: number | undefined;
  displays: number;
}

export class OutputLimiter {
  private readonly printed = new Map<string, Printed>();
  private readonly folder: string;
  private readonly label: string;
  private readonly words: Words;
  private readonly limits: OutputLimits;

  /** `folder` is the notebook's; files are named after `label`, the notebook, and the cell. */
  constructor(folder: string, label: string, words: Words, limits = usualLimits) {
    this.folder = folder;
    this.label = label;
    this.words = words;
    this.limits = limits;
  }

  /** What goes to the page in the place of `message`, which belongs to the cell `cell`. */
  limit(message: JupyterMessage, cell: string): JupyterMessage[] {
    if (message.channel !== "iopub") return [message];
    const { msg_type: type } = message.header;
    if (type === "stream") return this.limitStream(message, this.printedBy(message, cell));
    if (typeof message.content["data"] === "object") return this.limitDisplay(message, cell);
    return [message];
  }

  private limitStream(message: JupyterMessage, printed: Printed): JupyterMessage[] {
    const text = String(message.content["text"] ?? "");
    if (printed.inFile !== undefined) {
      this.append(printed, text);
      return [];
    }
    const room = this.limits.stream - printed.size;
    printed.size += text.length;
    printed.kept.push(text);
    if (text.length <= room) return [message];
    const file = this.startFile(printed);
    const shown = cutAtLine(text, Math.max(0, room));
    return [
      ...(shown === "" ? [] : [{ ...message, content: { ...message.content, text: shown } }]),
      notice(message, "display_data", file, this.words),
    ];
  }

  private limitDisplay(message: JupyterMessage, cell: string): JupyterMessage[] {
    const data = message.content["data"] as Readonly<Record<string, unknown>>;
    const whole = JSON.stringify(data);
    if (whole.length <= this.limits.display) return [message];
    const printed = this.printedBy(message, cell);
    const file = this.write(`${printed.name}-${++printed.displays}.json`, whole.slice(0, this.limits.file));
    const { msg_type: type } = message.header;
    return [notice(message, type, file, this.words)];
  }

  private printedBy(message: JupyterMessage, cell: string): Printed {
    const id = parentIdOf(message);
    const known = this.printed.get(id);
    if (known !== undefined) return known;
    const name = `${this.label}.${cell || id}`
      .replace(/[^\w.-]/g, "-")
      .replace(/^\.+/, "")
      .slice(0, 100);
    const printed: Printed = { name, kept: [], size: 0, inFile: undefined, displays: 0 };
    this.printed.set(id, printed);
    for (const oldest of this.printed.keys()) if (this.printed.size > remembered) this.printed.delete(oldest);
    return printed;
  }

  private startFile(printed: Printed): string | undefined {
    const begun = printed.kept.join("");
    printed.kept = [];
    printed.inFile = begun.length;
    return this.write(`${printed.name}.txt`, begun);
  }

  /** An endless loop that prints must not fill the disk. */
  private append(printed: Printed, text: string): void {
    const before = printed.inFile ?? 0;
    if (before > this.limits.file) return;
    printed.inFile = before + text.length;
    const isFull = printed.inFile > this.limits.file;
    try {
      appendFileSync(this.path(`${printed.name}.txt`), isFull ? `\n${this.words.outputFileFull}\n` : text);
    } catch {
      printed.inFile = Number.POSITIVE_INFINITY; // the page has been told where the output is cut
    }
  }

  /** From the notebook's folder; undefined where nothing can be written. */
  private write(name: string, text: string): string | undefined {
    try {
      makeFolder(join(this.folder, outputsFolder));
      keepOutOfGit(this.folder);
      writeFileSync(this.path(name), text);
      return `${outputsFolder}/${name}`;
    } catch {
      return undefined;
    }
  }

  private path(name: string): string {
    return join(this.folder, outputsFolder, name);
  }
}

/** At the last whole line that fits; in the middle of a line that is too long by itself. */
function cutAtLine(text: string, room: number): string {
  const end = text.lastIndexOf("\n", room - 1) + 1;
  return text.slice(0, end > 0 ? end : room);
}

/** Its link is relative to the notebook: it holds in every front end. */
function notice(about: JupyterMessage, type: string, file: string | undefined, words: Words): JupyterMessage {
  const text = file === undefined ? words.outputCutAndLost : words.outputCut(file);
  const link = file === undefined ? text : words.outputCut(`<a href="${file}" download>${file}</a>`);
  const { transient } = about.content;
  return {
    ...about,
    header: { ...newHeader(type, about.header.session), username: about.header.username },
    content: {
      data: { "text/html": `<p>${link}</p>`, "text/plain": text },
      metadata: {},
      ...(transient === undefined ? {} : { transient }),
      ...(type === "execute_result" ? { execution_count: about.content["execution_count"] } : {}),
    },
  };
}
