import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import fc from "../../test/properties.js";
import { encodeFrame, FrameError, FrameReader } from "./frames.js";
import { maxFrameBytes } from "./protocol.js";

const readAll = (chunks: readonly Buffer[]): unknown[] => {
  const reader = new FrameReader();
  return chunks.flatMap((chunk) => [...reader.push(chunk)]);
};

function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return [...chunks, bytes.subarray(at)];
}

describe("frames", () => {
  test("come out as they went in, however the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.array(fc.nat(40)), (values, lengths) => {
        const sent = JSON.parse(JSON.stringify(values)) as unknown[];
        const stream = Buffer.concat(values.map(encodeFrame));
        expect(readAll(cut(stream, lengths))).toEqual(sent);
      }),
    );
  });

  test("an announced length beyond the limit is refused before anything is read", () => {
    const header = Buffer.alloc(4);
    header.writeUInt32BE(maxFrameBytes + 1);
    expect(() => readAll([header])).toThrow(FrameError);
  });

  test("a value that does not fit is refused by its sender", () => {
    expect(() => encodeFrame("x".repeat(maxFrameBytes))).toThrow(FrameError);
    expect(encodeFrame("x".repeat(maxFrameBytes - 2))).toHaveLength(maxFrameBytes + 4);
  });

  test("bytes that come one by one take no more memory than the frame", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const heldBytes = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const reader = new FrameReader();
    const text = "x".repeat(300_000);
    const frame = encodeFrame(text);
    heldBytes();
    const before = heldBytes();
    for (let i = 0; i < frame.length - 1; i++)
      if ([...reader.push(frame.subarray(i, i + 1))].length > 0) throw new Error(`byte ${i} ends nothing`);
    // What was collected counts until it is swept, which goes on beside us.
    await vi.waitFor(() => expect(heldBytes() - before).toBeLessThan(8_000_000), { timeout: 10_000 });
    expect([...reader.push(frame.subarray(-1))]).toEqual([text]);
  });

  test("a frame without a body is refused", () => {
    expect(() => readAll([Buffer.alloc(4)])).toThrow("without a body");
  });

  test("a body of nothing but brackets is refused before it is read, one of many numbers is not", () => {
    const framed = (text: string) => {
      const body = Buffer.from(text);
      const header = Buffer.alloc(4);
      header.writeUInt32BE(body.length);
      return [header, body];
    };
    expect(() => readAll(framed("[".repeat(2e6) + "]".repeat(2e6)))).toThrow("more than 200000 lists");
    const numbers = Array.from({ length: 150_000 }, (_, i) => (i % 2 === 0 ? { t: "n", v: "NaN" } : i / 7));
    expect(readAll([encodeFrame(numbers)])).toEqual([numbers]);
  });

  test("a body that is not JSON is refused", () => {
    expect(() => readAll([Buffer.from([0, 0, 0, 2, 0x7b, 0x7b])])).toThrow("not JSON");
  });
});
