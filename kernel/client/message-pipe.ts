// Whole messages on a pipe, one a line each way, all channels on the same pipe: for who passes on what it is given.
import type { Duplex } from "node:stream";
import { encodeLine, readJsonLines } from "../protocol/json-lines.js";
import { type JupyterMessage, readMessage } from "../protocol/jupyter-message.js";

export interface MessagePipe {
  send(message: JupyterMessage): void;
  /** Safe to call twice. */
  close(): void;
}

/** `onMessage` receives what comes, in order. Without a pipe the process could not start: nothing comes. */
export function openMessagePipe(pipe: Duplex | undefined, onMessage: (message: JupyterMessage) => void): MessagePipe {
  // Whoever waits for an answer learns of the kernel's end elsewhere.
  pipe?.on("error", () => {});
  const lines = readJsonLines((value) => onMessage(readMessage(value)), refuse);
  pipe?.on("data", lines.push);
  return {
    send: (message) => void pipe?.write(encodeLine(message)),
    close: () => void pipe?.destroy(),
  };
}

/** Our own kernel sends nothing else than messages. */
function refuse(reason: string): never {
  throw new Error(`internal: the kernel sent ${reason}`);
}
