// Jupyter's messages as they travel on ZeroMQ: frames, signed with HMAC-SHA256, checked on arrival.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
import { createHmac, timingSafeEqual } from "node:crypto";
import { type Channel, type JupyterMessage, MessageError, readMessage } from "./jupyter-message.js";

const delimiter = Buffer.from("<IDS|MSG>");

/** What stands before the delimiter: the way to a peer on ROUTER sockets, the topic on iopub. */
export type Route = readonly Uint8Array[];

export interface Received {
  readonly message: JupyterMessage;
  readonly route: Route;
}

/** The frames of `message`, to be sent after those of its route. */
export function encodeFrames(message: JupyterMessage, key: string): Uint8Array[] {
  const { header, parent_header, metadata, content } = message;
  const parts = [header, parent_header, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
  return [delimiter, Buffer.from(sign(parts, key)), ...parts];
}

/** Reads what came; binary buffers after the content are let go. Throws `MessageError` when it is not signed with `key`. */
export function decodeFrames(frames: readonly Uint8Array[], channel: Channel, key: string): Received {
  const start = frames.findIndex((frame) => delimiter.equals(frame));
  const [signature, ...parts] = frames.slice(start + 1, start + 6);
  if (start < 0 || signature === undefined || parts.length < 4) throw new MessageError("its frames are incomplete");
  if (!isSignature(signature, sign(parts, key))) throw new MessageError("its signature is not made with our key");
  const [header, parent_header, metadata, content] = parts.map(parsePart);
  return {
    message: readMessage({ channel, header, parent_header, metadata, content }),
    route: frames.slice(0, start),
  };
}

/** Remembers signatures, the last 65 536 of them, so that a message recorded on its way is not obeyed twice. */
export class SignatureMemory {
  private readonly seen = new Set<string>();

  /** Throws when `frames` carry a signature that came before. */
  refuseRepeated(frames: readonly Uint8Array[]): void {
    const start = frames.findIndex((frame) => delimiter.equals(frame));
    const signature = Buffer.from(frames[start + 1] ?? []).toString("latin1");
    if (this.seen.has(signature)) throw new MessageError("it came before, signature for signature");
    this.seen.add(signature);
    if (this.seen.size > 65_536) this.seen.delete(this.seen.values().next().value ?? "");
  }
}

function sign(parts: readonly Uint8Array[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function isSignature(received: Uint8Array, expected: string): boolean {
  return received.length === expected.length && timingSafeEqual(received, Buffer.from(expected));
}

function parsePart(part: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(part).toString("utf8"));
  } catch {
    throw new MessageError("it is not JSON");
  }
}
