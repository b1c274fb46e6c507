// Iris: 150 flowers of three species, four measurements each, in the 150 rows of scikit-learn.
import { zeros } from "../nd/creation.js";
import { type DataHome, defaultDataHome, findEntry, locateSplit } from "./data-home.js";
import type { Dataset } from "./dataset.js";
import { readVerifiedBytes } from "./verified-read.js";

type IrisRow = readonly [number, number, number, number, string];

/** What the columns of {@link iris} measure, in centimetres. */
export const irisFeatures = ["sepal length", "sepal width", "petal length", "petal width"] as const;

/** Inputs `[150, 4]`: sepal length and width, petal length and width. Sorted by species: shuffle before you split. */
export function iris(home: DataHome = defaultDataHome()): Dataset {
  const entry = findEntry(home, "iris");
  const rows = JSON.parse(new TextDecoder().decode(readVerifiedBytes(locateSplit(home, entry, "all")))) as IrisRow[];
  const inputs = zeros([rows.length, irisFeatures.length]);
  rows.forEach((row, i) => {
    inputs.data.set(row.slice(0, -1) as number[], i * irisFeatures.length);
  });
  return {
    inputs,
    labels: Uint8Array.from(rows, (row) => entry.classNames.indexOf(row[4])),
    classNames: entry.classNames,
  };
}
