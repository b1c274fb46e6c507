// Insurance: what 1 338 insured people cost in a year, to predict from who they are. One row comes twice.
import { type DataHome, defaultDataHome, findEntry, locateSplit } from "./data-home.js";
import { readVerifiedBytes } from "./verified-read.js";

export interface InsuranceRow {
  readonly age: number;
  readonly sex: "female" | "male";
  /** Body mass index, kg/m². */
  readonly bmi: number;
  readonly children: number;
  readonly smoker: boolean;
  readonly region: "northeast" | "northwest" | "southeast" | "southwest";
  /** Dollars a year: what is to be predicted. */
  readonly charges: number;
}

/** The table as it is: encoding words as numbers is part of the exercise. Fetched first with `npx retroprop data fetch insurance`. */
export function insurance(home: DataHome = defaultDataHome()): InsuranceRow[] {
  const bytes = readVerifiedBytes(locateSplit(home, findEntry(home, "insurance"), "all"));
  const [, ...lines] = new TextDecoder().decode(bytes).trimEnd().split("\n");
  return lines.map(parseRow);
}

function parseRow(line: string): InsuranceRow {
  const [age, sex, bmi, children, smoker, region, charges] = line.split(",");
  return {
    age: Number(age),
    sex: sex as InsuranceRow["sex"],
    bmi: Number(bmi),
    children: Number(children),
    smoker: smoker === "yes",
    region: region as InsuranceRow["region"],
    charges: Number(charges),
  };
}
