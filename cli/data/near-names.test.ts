import { describe, expect, it } from "vitest";
import { nearNames } from "./near-names.js";

describe("nearNames", () => {
  const known = ["mnist", "fashion-mnist", "usps", "iris"];

  it("forgives two letters", () => {
    expect(nearNames("minst", known)).toEqual(["mnist"]);
    expect(nearNames("irsi", known)).toEqual(["iris"]);
  });

  it("completes a name that was cut, whatever its case", () => {
    expect(nearNames("Fashion", known)).toEqual(["fashion-mnist"]);
  });

  it("guesses nothing when nothing is near", () => {
    expect(nearNames("imagenet", known)).toEqual([]);
  });
});
