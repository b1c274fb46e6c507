// Bytes as they come, taken in the portions one needs: a header here, the content of a file there.
import { IntakeError } from "../intake-error.js";
import { damagedArchive } from "../messages.fr.js";

export interface ByteStream {
  /** The next `count` bytes; fewer at the end. */
  take(count: number): Promise<Uint8Array>;
  skip(count: number): Promise<void>;
  /** The next `count` bytes as they come; what of them is not read can be skipped. */
  part(count: number): Part;
  /** All that is left. */
  rest(): AsyncIterable<Uint8Array>;
}

interface Part {
  /** @throws IntakeError when the stream ends before it does */
  chunks(): AsyncIterable<Uint8Array>;
  skip(): Promise<void>;
}

export function byteStream(source: AsyncIterator<Uint8Array>): ByteStream {
  let waiting: Uint8Array = new Uint8Array(0);

  /** At most `count` bytes, at least one; none at the end. */
  const next = async (count: number): Promise<Uint8Array> => {
    while (waiting.length === 0) {
      const { value, done } = await source.next();
      if (done) return waiting;
      waiting = value;
    }
    const taken = waiting.subarray(0, count);
    waiting = waiting.subarray(taken.length);
    return taken;
  };

  async function* upTo(left: () => number, took: (count: number) => void): AsyncGenerator<Uint8Array> {
    while (left() > 0) {
      const chunk = await next(left());
      if (chunk.length === 0) throw new IntakeError(damagedArchive);
      took(chunk.length);
      yield chunk;
    }
  }

  const part = (count: number): Part => {
    let left = count;
    const chunks = () =>
      upTo(
        () => left,
        (taken) => {
          left -= taken;
        },
      );
    const skip = async () => {
      for await (const _ of chunks());
    };
    return { chunks, skip };
  };

  return {
    part,
    skip: (count) => part(count).skip(),
    async take(count) {
      const taken: Uint8Array[] = [];
      for (let size = 0; size < count; ) {
        const chunk = await next(count - size);
        if (chunk.length === 0) break;
        taken.push(chunk);
        size += chunk.length;
      }
      return Buffer.concat(taken);
    },
    async *rest() {
      for (let chunk = await next(Infinity); chunk.length > 0; chunk = await next(Infinity)) yield chunk;
    },
  };
}
