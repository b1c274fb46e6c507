// Frames: a 4-byte big-endian length and that many bytes of JSON, the same on both sides of descriptor 3.
import { maxFrameBytes } from "./protocol.js";

// Taken before a submission is loaded, which may replace them.
const { parse, stringify } = JSON;
const { alloc, byteLength, concat } = Buffer;

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

/** Cuts a stream of bytes, in whatever pieces it arrives, into the values of its frames. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #held = 0;
  #needed = headerBytes;

  /** The values completed by `chunk`. Throws {@link FrameError}; what is read after that means nothing. */
  *push(chunk: Buffer): Generator<unknown> {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#held >= this.#needed) {
      const bytes = concat(this.#chunks);
      const length = frameLength(bytes);
      const end = headerBytes + length;
      if (bytes.length < end) {
        [this.#chunks, this.#needed] = [[bytes], end];
        return;
      }
      [this.#chunks, this.#held, this.#needed] = [[bytes.subarray(end)], bytes.length - end, headerBytes];
      yield parseBody(bytes.subarray(headerBytes, end));
    }
  }
}

/** Length of the body of the frame whose first bytes these are. */
export function frameLength(bytes: Buffer): number {
  const length = bytes.readUInt32BE(0);
  if (length > maxFrameBytes)
    throw new FrameError(`a frame holds ${maxFrameBytes} bytes, this one announces ${length}`);
  return length;
}

export function parseBody(body: Buffer): unknown {
  try {
    return parse(body.toString("utf8"));
  } catch {
    throw new FrameError("a frame that is not JSON");
  }
}
