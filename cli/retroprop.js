#!/usr/bin/env node
// The command itself is compiled from cli/main.ts by `npm install`; this file only finds it, or says what to do.
import { existsSync } from "node:fs";

const main = new URL("../dist/cli/main.js", import.meta.url);
if (!existsSync(main)) {
  console.error("retroprop: not built yet. Run `npm run build` (or `npm ci`) in the course folder first.");
  process.exit(3);
}
await import(main.href);
