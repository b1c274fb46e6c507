// Frames: a 4-byte big-endian length and that many bytes of JSON, the same on both sides of descriptor 3.
import { maxFrameBytes } from "./protocol.js";

// Taken before a submission is loaded, which may replace them.
const { parse, stringify } = JSON;
const { alloc, byteLength } = Buffer;
const { apply } = Reflect;
const utf8 = new TextDecoder();
const { decode } = TextDecoder.prototype;

const headerBytes = 4;

/** What came is no frame: too large, or not JSON. */
export class FrameError extends Error {}

/** @throws FrameError when `value` takes more than a frame holds */
export function encodeFrame(value: unknown): Buffer {
  const text = stringify(value);
  const length = byteLength(text);
  if (length > maxFrameBytes) throw new FrameError(`a frame holds ${maxFrameBytes} bytes, this one needs ${length}`);
  const frame = alloc(headerBytes + length);
  frame.writeUInt32BE(length, 0);
  frame.write(text, headerBytes);
  return frame;
}

/** Cuts a stream of bytes, in whatever pieces it arrives, into the values of its frames. Holds one frame at most. */
export class FrameReader {
  readonly #header = alloc(headerBytes);
  /** Whole from the start: bytes that come one by one take no more memory than together. */
  #body: Buffer | undefined;
  #filled = 0;

  /** The values completed by `chunk`. Throws {@link FrameError}; what is read after that means nothing. */
  *push(chunk: Buffer): Generator<unknown> {
    for (let at = 0; at < chunk.length; ) {
      const part = this.#body ?? this.#header;
      const count = chunk.copy(part, this.#filled, at);
      at += count;
      this.#filled += count;
      if (this.#filled < part.length) return;
      this.#filled = 0;
      const body = this.#body;
      this.#body = body === undefined ? alloc(frameLength(this.#header)) : undefined;
      if (body !== undefined) yield parseBody(body);
    }
  }
}

/** Length of the body of the frame whose first bytes these are. */
export function frameLength(bytes: Buffer): number {
  const length = bytes.readUInt32BE(0);
  if (length === 0) throw new FrameError("a frame without a body");
  if (length > maxFrameBytes)
    throw new FrameError(`a frame holds ${maxFrameBytes} bytes, this one announces ${length}`);
  return length;
}

export function parseBody(body: Buffer): unknown {
  if (countParts(body) > maxParts) throw new FrameError(`a frame of more than ${maxParts} lists and objects`);
  try {
    return parse(apply(decode, utf8, [body])); // a buffer's own methods could be a submission's, and would see all that comes
  } catch {
    throw new FrameError("a frame that is not JSON");
  }
}

/** What takes 20 bytes a part fits; two million brackets would take 100 MB and keep the reader for a second. */
const maxParts = 200_000;

function countParts(body: Buffer): number {
  if (body.length < maxParts) return 0;
  let count = 0;
  for (const byte of body) if (byte === openingBracket || byte === openingBrace) count++;
  return count;
}

const [openingBracket, openingBrace] = [0x5b, 0x7b];
