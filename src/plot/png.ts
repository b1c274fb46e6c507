// Small pictures as PNG: indexed colours, stored without compression, so that the same pixels are the same bytes everywhere.
import type { Rgb } from "./colour.js";

export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  /** 4 bits a pixel for up to 16 colours, 8 for up to 256. */
  readonly bitDepth: 4 | 8;
  readonly palette: readonly Rgb[];
  /** Whether the palette's first colour is a hole. */
  readonly transparentFirst?: boolean;
  /** One palette index a pixel, row after row. */
  readonly pixels: Uint8Array;
}

/** The picture as `data:image/png;base64,…`. */
export const pngDataUri = (image: IndexedImage): string =>
  `data:image/png;base64,${Buffer.from(encodePng(image)).toString("base64")}`;

export function encodePng(image: IndexedImage): Uint8Array {
  return concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header(image)),
    chunk("PLTE", Uint8Array.from(image.palette.flat())),
    ...(image.transparentFirst ? [chunk("tRNS", Uint8Array.of(0))] : []),
    chunk("IDAT", zlibStored(scanlines(image))),
    chunk("IEND", new Uint8Array()),
  ]);
}

function header({ width, height, bitDepth }: IndexedImage): Uint8Array {
  const indexedColour = 3;
  return concat([uint32(width), uint32(height), Uint8Array.of(bitDepth, indexedColour, 0, 0, 0)]);
}

/** Each row behind a zero, « no filter »; two pixels a byte at depth 4. */
function scanlines({ width, height, bitDepth, pixels }: IndexedImage): Uint8Array {
  const perByte = 8 / bitDepth;
  const stride = 1 + Math.ceil(width / perByte);
  const out = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shift = perByte === 1 || x % 2 === 1 ? 0 : 4;
      out[y * stride + 1 + Math.floor(x / perByte)]! |= pixels[y * width + x]! << shift;
    }
  }
  return out;
}

const longestBlock = 0xffff;

/** A zlib stream of stored blocks (RFC 1950 and 1951). */
function zlibStored(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let start = 0; start === 0 || start < bytes.length; start += longestBlock) {
    const block = bytes.subarray(start, start + longestBlock);
    const isLast = start + longestBlock >= bytes.length;
    const length = block.length;
    parts.push(Uint8Array.of(Number(isLast), length & 255, length >> 8, ~length & 255, (~length >> 8) & 255), block);
  }
  return concat([...parts, uint32(adler32(bytes))]);
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const typed = concat([Uint8Array.from(type, (letter) => letter.charCodeAt(0)), body]);
  return concat([uint32(body.length), typed, uint32(crc32(typed))]);
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const uint32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
