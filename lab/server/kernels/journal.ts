// What a kernel says of the cells that run, kept so that a page that is loaded again misses none of it. In memory, bounded.

import { parentIdOf } from "../../../kernel/client/channels.js";
import type { JupyterMessage } from "../../../kernel/client/relayed-kernel.js";

/** Characters of JSON, of all that is kept. */
const largestJournal = 48 * 1024 * 1024;

interface Entry {
  readonly serial: number;
  readonly message: JupyterMessage;
  readonly size: number;
}

/** A request to execute, and what has come of it. Its messages in their order. */
interface Execution {
  readonly request: JupyterMessage;
  readonly entries: Set<Entry>;
  /** By display: an update makes the one before it useless. */
  readonly updates: Map<string, Entry>;
  lost: boolean;
  replied: boolean;
  idle: boolean;
}

export class Journal {
  private readonly executions = new Map<string, Execution>();
  private readonly limit: number;
  private serial = 0;
  private size = 0;

  constructor(limit = largestJournal) {
    this.limit = limit;
  }

  /** How many messages there have been: what `since` counts from. */
  get latest(): number {
    return this.serial;
  }

  open(request: JupyterMessage): void {
    this.executions.set(request.header.msg_id, {
      request,
      entries: new Set(),
      updates: new Map(),
      lost: false,
      replied: false,
      idle: false,
    });
  }

  /** Keeps a message of an execution that is open; others pass. */
  record(message: JupyterMessage): void {
    this.serial++;
    const execution = this.executions.get(parentIdOf(message));
    if (execution === undefined) return;
    const { msg_type: type } = message.header;
    if (message.channel === "shell") execution.replied = true;
    if (type === "status" && message.content["execution_state"] === "idle") execution.idle = true;
    const entry = { serial: this.serial, message, size: JSON.stringify(message).length };
    if (type === "update_display_data") this.replaceUpdate(execution, entry);
    execution.entries.add(entry);
    this.size += entry.size;
    if (this.size > this.limit) this.shorten();
  }

  /** What stands for a question from now on: it is not asked again. */
  answer(question: string, standIn: (question: JupyterMessage, request: JupyterMessage) => JupyterMessage): void {
    for (const { entries, request } of this.executions.values()) {
      for (const entry of entries) {
        if (entry.message.header.msg_id !== question) continue;
        entries.delete(entry);
        entries.add({ ...entry, message: standIn(entry.message, request) });
      }
    }
  }

  /** Requests that are not answered yet. */
  running(): JupyterMessage[] {
    return [...this.executions.values()].filter((one) => !isOver(one)).map(({ request }) => request);
  }

  /** What has been said of open executions after the message of that number, in order. `onLost` gives what stands for a gap. */
  since(serial: number, onLost: (request: JupyterMessage) => JupyterMessage): JupyterMessage[] {
    const entries = [...this.executions.values()].flatMap((execution) => {
      const own = [...execution.entries].filter((entry) => entry.serial > serial);
      if (!execution.lost || own.length === 0) return own;
      return [{ ...own[0]!, message: onLost(execution.request) }, ...own];
    });
    return entries.sort((a, b) => a.serial - b.serial).map(({ message }) => message);
  }

  /** Forgets executions that are over: a page has heard how they ended. */
  forgetEnded(): void {
    for (const [id, execution] of this.executions) if (isOver(execution)) this.forget(id, execution);
  }

  forgetAll(): void {
    this.executions.clear();
    this.size = 0;
  }

  private replaceUpdate({ entries, updates }: Execution, entry: Entry): void {
    const { display_id: id } = (entry.message.content["transient"] ?? {}) as { readonly display_id?: unknown };
    if (typeof id !== "string") return;
    const before = updates.get(id);
    if (before !== undefined && entries.delete(before)) this.size -= before.size;
    updates.set(id, entry);
  }

  /** The oldest outputs go first; how executions began and ended stays. */
  private shorten(): void {
    for (const execution of this.executions.values()) {
      for (const entry of execution.entries) {
        if (this.size <= this.limit / 2) return;
        if (!isOutput(entry.message)) continue;
        execution.entries.delete(entry);
        this.size -= entry.size;
        execution.lost = true;
      }
    }
  }

  private forget(id: string, { entries }: Execution): void {
    for (const { size } of entries) this.size -= size;
    this.executions.delete(id);
  }
}

const isOver = ({ replied, idle }: Execution): boolean => replied && idle;

const isOutput = ({ channel, header }: JupyterMessage): boolean =>
  channel === "iopub" && !["status", "execute_input", "error"].includes(header.msg_type);
