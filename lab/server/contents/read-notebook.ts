// A notebook's text as a value, or in one sentence why it is none and where the fault is.
import { findJsonFault } from "../../../kernel/client/json-fault.js";
import { HttpFault } from "../http/http-fault.js";
import type { Words } from "../words.js";
import { isNotebook } from "./notebook-content.js";

/** Throws a 400 that names the line and the character. `path` is what the student calls the file. */
export function readNotebook(text: string, path: string, words: Words): Readonly<Record<string, unknown>> {
  const value = parse(text.replace(/^\uFEFF/, ""), path, words);
  if (isNotebook(value)) return value;
  const version = (value as { readonly nbformat?: unknown } | null)?.nbformat;
  const isOld = typeof version === "number" && version < 4;
  throw new HttpFault(
    400,
    "not-a-notebook",
    isOld ? words.oldNotebook(path, String(version)) : words.notNotebook(path),
  );
}

function parse(json: string, path: string, words: Words): unknown {
  if (json.trim() === "") throw new HttpFault(400, "invalid-json", words.emptyNotebook(path), { line: 1, column: 1 });
  try {
    return JSON.parse(json);
  } catch {
    const fault = findJsonFault(json);
    const before = json.slice(0, fault).split("\n");
    const [line, column] = [before.length, (before.at(-1) ?? "").length + 1];
    const say = fault >= json.trimEnd().length ? words.cutNotebook : words.badJson;
    throw new HttpFault(400, "invalid-json", say(path, line, column), { line, column });
  }
}
