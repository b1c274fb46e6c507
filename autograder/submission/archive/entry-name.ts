// The name of an entry as a relative path, or why nobody should write a file under it. We write none: names stay names.
import { absoluteName, climbingName, oddName, tooNested } from "../messages.fr.js";

const longestName = 1000;
const deepest = 32;

/** Composed letters, `/` between folders, as Windows' tools that write `\` meant it. */
export function safeName(raw: string): { readonly name: string } | { readonly fault: string } {
  const name = raw.normalize("NFC").replaceAll("\\", "/");
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) return { fault: absoluteName(raw) };
  const folders = name.split("/").filter((folder) => folder !== "" && folder !== ".");
  if (folders.includes("..")) return { fault: climbingName(raw) };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name) || folders.length === 0) return { fault: oddName(raw) };
  if (name.length > longestName || folders.length > deepest) return { fault: tooNested(raw) };
  return { name: folders.join("/") };
}
