// A message on the page's WebSocket: JSON, or the binary form that JupyterLab prefers.
// https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
import type { JupyterMessage } from "../../../kernel/client/relayed-kernel.js";

export type SocketFormat = "json" | "binary";

/** The subprotocol by which a client asks for the binary form. */
export const binaryProtocol = "v1.kernel.websocket.jupyter.org";

export function encode(message: JupyterMessage, format: SocketFormat): string | Buffer {
  return format === "json" ? JSON.stringify({ ...message, buffers: [] }) : encodeBinary(message);
}

/** Throws when `data` is no message in that form; what is in it is still to be checked. */
export function decode(data: Buffer, format: SocketFormat): unknown {
  return format === "json" ? JSON.parse(data.toString("utf8")) : decodeBinary(data);
}

/** Number of offsets, offsets, then the parts; all numbers have 64 bits, the lowest byte first. */
function encodeBinary({ channel, header, parent_header, metadata, content }: JupyterMessage): Buffer {
  const json = [header, parent_header, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
  const parts = [Buffer.from(channel), ...json];
  const head = Buffer.alloc(8 * (parts.length + 2));
  head.writeBigUInt64LE(BigInt(parts.length + 1), 0);
  let offset = head.length;
  for (const [i, length] of [0, ...parts.map((part) => part.length)].entries()) {
    offset += length;
    head.writeBigUInt64LE(BigInt(offset), 8 * (i + 1));
  }
  return Buffer.concat([head, ...parts]);
}

/** What follows the content, binary buffers of widgets, is let go: our kernel has none. */
function decodeBinary(data: Buffer): unknown {
  const count = Number(data.readBigUInt64LE(0));
  if (count < 6 || count > 1000) throw new RangeError(`a message of ${count} offsets`);
  const offsets = Array.from({ length: 6 }, (_, i) => Number(data.readBigUInt64LE(8 * (i + 1))));
  const part = (i: number) => data.subarray(offsets[i], offsets[i + 1]).toString("utf8");
  const [header, parent_header, metadata, content] = [1, 2, 3, 4].map((i) => JSON.parse(part(i)) as unknown);
  return { channel: part(0), header, parent_header, metadata, content };
}
