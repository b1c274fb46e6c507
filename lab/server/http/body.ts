// The body of a request, read with a limit: nobody fills our memory.
import type { IncomingMessage } from "node:http";
import type { Words } from "../words.js";
import { HttpFault } from "./http-fault.js";

/** For everything but the contents of files. */
const shortBody = 1024 * 1024;

/** The body as a JSON object; an empty body is an empty object. */
export async function readJsonBody(
  request: IncomingMessage,
  words: Words,
  limit = shortBody,
): Promise<Readonly<Record<string, unknown>>> {
  const text = (await readBody(request, words, limit)).toString("utf8");
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, as for what is JSON and no object.
  }
  throw new HttpFault(400, "bad-request", words.badRequest);
}

async function readBody(request: IncomingMessage, words: Words, limit: number): Promise<Buffer> {
  const tooLarge = () => new HttpFault(413, "too-large", words.tooLarge(Math.round(limit / 1e6)));
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
