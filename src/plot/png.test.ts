import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodePng, type IndexedImage, pngDataUri } from "./png.js";

test("an 8-bit picture inflates back to its pixels", () => {
  const pixels = Uint8Array.from({ length: 6 }, (_, i) => i);
  const { parts, bytes } = chunksOf(picture({ width: 3, height: 2, bitDepth: 8, pixels }));
  expect(parts).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
  expect([...inflateSync(bytes("IDAT"))]).toEqual([0, 0, 1, 2, 0, 3, 4, 5]);
  expect([...bytes("IHDR")]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
});

test("a 4-bit picture packs two pixels a byte, the last byte of an odd row half empty", () => {
  const pixels = Uint8Array.of(1, 2, 3, 15, 14, 13);
  const { bytes } = chunksOf(picture({ width: 3, height: 2, bitDepth: 4, pixels }));
  expect([...inflateSync(bytes("IDAT"))]).toEqual([0, 0x12, 0x30, 0, 0xfe, 0xd0]);
});

test("a picture longer than one stored block inflates whole", () => {
  const pixels = Uint8Array.from({ length: 300 * 400 }, (_, i) => i % 251);
  const { bytes } = chunksOf(picture({ width: 300, height: 400, bitDepth: 8, pixels }));
  const rows = inflateSync(bytes("IDAT"));
  expect(rows.length).toBe(400 * 301);
  expect(rows[400 * 301 - 1]).toBe(pixels[pixels.length - 1]);
});

test("a first colour that is a hole has opacity zero", () => {
  const image = picture({ width: 1, height: 1, bitDepth: 8, pixels: Uint8Array.of(0) });
  expect([...chunksOf({ ...image, transparentFirst: true }).bytes("tRNS")]).toEqual([0]);
});

test("each chunk carries the checksum that the PNG specification asks for", () => {
  const png = encodePng(picture({ width: 1, height: 1, bitDepth: 8, pixels: Uint8Array.of(0) }));
  // The IEND chunk is the same in every PNG ever written.
  expect([...png.subarray(-12)]).toEqual([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
});

test("a data URI is the file in base64", () => {
  const image = picture({ width: 1, height: 1, bitDepth: 8, pixels: Uint8Array.of(0) });
  const [head, body] = pngDataUri(image).split(",");
  expect(head).toBe("data:image/png;base64");
  expect(Buffer.from(body!, "base64")).toEqual(Buffer.from(encodePng(image)));
});

const picture = (image: Omit<IndexedImage, "palette">): IndexedImage => ({
  ...image,
  palette: Array.from({ length: 16 }, (_, k) => [k, k, k] as const),
});

function chunksOf(image: IndexedImage): { parts: string[]; bytes: (type: string) => Buffer } {
  const png = Buffer.from(encodePng(image));
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return { parts: [...chunks.keys()], bytes: (type) => chunks.get(type)! };
}
