import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type DataHome, defaultDataHome } from "./data-home.js";
import { insurance } from "./insurance.js";

const table = `age,sex,bmi,children,smoker,region,charges
40,female,27.5,0,yes,southwest,1000.25
50,male,30,2,no,northeast,2000
`;

describe("insurance", () => {
  it("has a typed row a line, without the titles", () => {
    expect(insurance(homeWith(table))).toEqual([
      { age: 40, sex: "female", bmi: 27.5, children: 0, smoker: true, region: "southwest", charges: 1000.25 },
      { age: 50, sex: "male", bmi: 30, children: 2, smoker: false, region: "northeast", charges: 2000 },
    ]);
  });

  it("refuses an altered table", () => {
    expect(() => insurance(homeWith(table.replace("40", "41")))).toThrow(/altered .*data fetch insurance/);
  });

  it("names the command that fetches it when it is not there", () => {
    const home = { ...defaultDataHome(), folders: ["/no/such/folder"] };
    expect(() => insurance(home)).toThrow(/^insurance: no file .*: run `npx retroprop data fetch insurance`$/);
  });

  it("is found in the second folder when the first, a lab room's, lacks it", () => {
    const home = homeWith(table);
    expect(insurance({ ...home, folders: ["/no/such/folder", ...home.folders] })).toHaveLength(2);
  });
});

/** A home that expects `table` and holds `text`. */
function homeWith(text: string): DataHome {
  const folder = mkdtempSync(join(tmpdir(), "retroprop-insurance-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "insurance"));
  writeFileSync(join(folder, "insurance", "insurance.csv"), text);
  const real = defaultDataHome().entries.find(({ name }) => name === "insurance")!;
  const bytes = createHash("sha256").update(table).digest("hex");
  const files = [{ ...real.files[0]!, size: table.length, sha256: { bytes } }];
  return { entries: [{ ...real, files }], folders: [folder], packageFolder: () => undefined };
}
