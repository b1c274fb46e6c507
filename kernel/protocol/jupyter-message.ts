// A message of the Jupyter protocol, whatever carries it: ZeroMQ frames, lines on a pipe, a WebSocket of the page.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#general-message-format
import { randomUUID } from "node:crypto";

export type Channel = "shell" | "control" | "iopub" | "stdin";

export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** On a pipe and on a WebSocket, this is what travels, as JSON: the form of Jupyter's own `channels` socket. */
export interface JupyterMessage {
  readonly channel: Channel;
  readonly header: Header;
  /** The header of the request that this answers or belongs to; empty when there is none. */
  readonly parent_header: Header | Readonly<Record<string, never>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The version of the protocol that we speak. */
export const protocolVersion = "5.3";

export function newHeader(type: string, session: string, username = "retroprop"): Header {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username,
    date: new Date().toISOString(),
    version: protocolVersion,
  };
}
