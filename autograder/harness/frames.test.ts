import fc from "fast-check";
import { describe, expect, test } from "vitest";
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

  test("a body that is not JSON is refused", () => {
    expect(() => readAll([Buffer.from([0, 0, 0, 2, 0x7b, 0x7b])])).toThrow("not JSON");
  });
});
