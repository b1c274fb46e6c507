import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type DataHome, defaultDataHome } from "./data-home.js";
import { contentsProblem } from "./inspect.js";
import type { DatasetEntry } from "./registry.js";
import { parseUsps, readUspsSplit, usps, uspsDigests } from "./usps.js";

const values = Array.from({ length: 256 }, (_, i) => [-1, -0.5, 0, 0.4, 1][i % 5]!);
const twoDigits = `6.0000 ${values.map((v) => v.toFixed(4)).join(" ")} \n3 ${values.map((v) => v.toFixed(3)).join(" ")}\n`;

// Python 3.11: hashlib.sha256(bytes([6, 3])) and hashlib.sha256(bytes(round((v + 1) * 127.5) for v in values * 2))
const sha256 = {
  labels: "067dba1d4cb3765f24fcd163bb034c62423e209c12f74acc7d73003bc95d8300",
  pixels: "049346364ec4d420ccb9b0c8514ba24b4946403a6cc5e5ed143b2e05787ca3e2",
};

describe("usps", () => {
  it("reads a label and 16 × 16 pixels a line, brought to [0, 1]", () => {
    const { inputs, labels } = readUspsSplit(homeWith(twoDigits), "train");
    expect(inputs.shape).toEqual([2, 16, 16]);
    expect([...labels]).toEqual([6, 3]);
    expect([...inputs.data.subarray(0, 5)]).toEqual([0, 0.25, 0.5, 0.7, 1].map(Math.fround));
  });

  it("knows the values again however they are written", () => {
    expect(uspsDigests(parseUsps(twoDigits))).toEqual(sha256);
    expect(uspsDigests(parseUsps(twoDigits.replaceAll(" 0.400", " +.400").replaceAll("\n", "\r\n")))).toEqual(sha256);
  });

  it.each([
    ["a pixel", twoDigits.replace("-0.5000", "-0.4000")],
    ["a label", twoDigits.replace("6.0000", "5.0000")],
    ["a line", twoDigits.slice(0, twoDigits.indexOf("\n") + 1)],
    ["a word", twoDigits.replace("0.4000", "zero")],
    ["everything", ""],
  ])("refuses a file where %s was changed", (_what, text) => {
    const home = homeWith(text);
    expect(() => readUspsSplit(home, "train")).toThrow(
      /^usps: .*zip\.train is altered \(.*\): run `npx retroprop data fetch usps`$/,
    );
    expect(contentsProblem(home.entries[0]!.files[0]!, Buffer.from(text))).toBeTypeOf("string");
  });

  it("is not bundled: without a fetch there is only the command to run", () => {
    const home = { ...defaultDataHome(), folders: ["/no/such/folder"] };
    expect(() => usps(home)).toThrow(/^usps: no file .*: run `npx retroprop data fetch usps`$/);
  });
});

function homeWith(text: string): DataHome {
  const folder = mkdtempSync(join(tmpdir(), "retroprop-usps-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "usps"));
  writeFileSync(join(folder, "usps", "zip.train"), text);
  const real = defaultDataHome().entries.find(({ name }) => name === "usps")!;
  const entry: DatasetEntry = { ...real, files: [{ ...real.files[0]!, size: twoDigits.length, sha256 }] };
  return { entries: [entry], folders: [folder], packageFolder: () => undefined };
}
