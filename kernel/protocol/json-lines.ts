// Messages on a pipe: one JSON value a line, in UTF-8. A line that is too long, or no JSON, does not end the conversation.
import { StringDecoder } from "node:string_decoder";

/** No notebook sends more in one message: whoever does is in error, and would fill our memory. */
const longestLine = 256 * 1024 * 1024;

export const encodeLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

export interface LineReader {
  /** Takes what came, cut anywhere. */
  push(chunk: Uint8Array): void;
}

/** Calls `onValue` for each line; `onFault` says why one was passed over. */
export function readJsonLines(
  onValue: (value: unknown) => void,
  onFault: (reason: string) => void,
  limit = longestLine,
): LineReader {
  const decoder = new StringDecoder("utf8");
  let parts: string[] = [];
  let length = 0;

  const add = (text: string) => {
    length += text.length;
    if (length <= limit) parts.push(text);
    else parts = [];
  };
  const endLine = () => {
    const [line, size] = [parts.join(""), length];
    [parts, length] = [[], 0];
    if (size > limit) onFault(`a line of ${size} characters; at most ${limit} are read`);
    else if (line.trim() !== "") readLine(line, onValue, onFault);
  };
  return {
    push(chunk) {
      const [first = "", ...rest] = decoder.write(chunk as Buffer).split("\n");
      add(first);
      for (const text of rest) {
        endLine();
        add(text);
      }
    },
  };
}

function readLine(line: string, onValue: (value: unknown) => void, onFault: (reason: string) => void): void {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    onFault("a line that is not JSON");
    return;
  }
  onValue(value);
}
