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

/** Something came that is not a message we can read; who sent it gets no answer. */
export class MessageError extends Error {
  override readonly name = "MessageError";
}

const channels: readonly unknown[] = ["shell", "control", "iopub", "stdin"] satisfies Channel[];

/** Checks what came from outside; throws `MessageError`. What the protocol lets out is filled in. */
export function readMessage(value: unknown): JupyterMessage {
  const { channel, header, parent_header, metadata, content } = asRecord(value, "message");
  if (!channels.includes(channel))
    throw new MessageError(`its \`channel\` is none we know: ${JSON.stringify(channel)}`);
  return {
    channel: channel as Channel,
    header: readHeader(header),
    parent_header: asRecord(parent_header ?? {}, "parent_header") as unknown as JupyterMessage["parent_header"],
    metadata: asRecord(metadata ?? {}, "metadata"),
    content: asRecord(content ?? {}, "content"),
  };
}

/** Kept whole: parents are sent back as they came. */
function readHeader(value: unknown): Header {
  const header = asRecord(value, "header");
  for (const field of ["msg_id", "msg_type"]) {
    if (typeof header[field] !== "string") throw new MessageError(`its header has no \`${field}\``);
  }
  return header as unknown as Header;
}

function asRecord(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new MessageError(`its \`${name}\` is not an object`);
}
