// A client's conversation with a kernel, whatever carries it: requests out, and what comes in, message by message.
import type { JupyterMessage } from "../protocol/jupyter-message.js";

export interface Channels {
  /** Sends a message of ours and returns its id, which the answers carry: see {@link parentIdOf}. */
  send(channel: JupyterMessage["channel"], type: string, content: Readonly<Record<string, unknown>>): string;
  /** Safe to call twice. */
  close(): void;
}

/** The request that a message answers or belongs to; "" when there is none. */
export function parentIdOf({ parent_header }: JupyterMessage): string {
  return "msg_id" in parent_header ? parent_header.msg_id : "";
}
