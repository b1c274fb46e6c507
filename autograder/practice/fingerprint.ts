// What tells whether an answer is still the one that was marked, and hides a name from whoever marks.
import { createHash } from "node:crypto";

export const fingerprint = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
