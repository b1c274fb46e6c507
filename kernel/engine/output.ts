// What cells print, wherever they print it from on this thread: `process.stdout.write` and `process.stderr.write`, to which
// `console` leads too.
import { StringDecoder } from "node:string_decoder";

type StreamName = "stdout" | "stderr";

/** From now on the process prints nothing itself: `onText` has it all. */
export function captureOutput(onText: (name: StreamName, text: string) => void): void {
  for (const name of ["stdout", "stderr"] as const) captureStream(name, (text) => onText(name, text));
}

function captureStream(name: StreamName, onText: (text: string) => void): void {
  const decoder = new StringDecoder("utf8");
  const write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
    const text = typeof chunk === "string" ? chunk : decoder.write(asBytes(chunk));
    if (text !== "") onText(text);
    const done = [encoding, callback].find((one) => typeof one === "function");
    if (done !== undefined) process.nextTick(done as () => void);
    return true;
  };
  Object.defineProperty(process[name], "write", { value: write, configurable: true, writable: true });
}

function asBytes(chunk: unknown): Buffer {
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError(`write() expects a string or bytes, and received ${typeof chunk}`);
}
