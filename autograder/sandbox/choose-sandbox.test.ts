import { describe, expect, test, vi } from "vitest";
import { chooseSandbox, IsolationError } from "./choose-sandbox.js";
import { hasL3, sourceEdition } from "./fixtures/layers.js";
import * as l3 from "./l3.js";

vi.mock("./l3.js", { spy: true });

const canariesOf = (layer: "L1" | "L3") =>
  chooseSandbox({ editionFolder: sourceEdition }).then(async (chosen) => {
    await chosen.sandbox.close();
    expect(chosen.layer).toBe(layer);
    expect(chosen.sandbox.layer).toBe(layer);
    return chosen;
  });

describe("the sandbox chosen", () => {
  test.runIf(hasL3)("is L3 where its canaries hold", async () => {
    const { canaries, whyNotStronger } = await canariesOf("L3");
    expect(canaries.every(({ held }) => held)).toBe(true);
    expect(whyNotStronger).toBeUndefined();
  });

  test("is L1 where something is missing, which is said with its remedy", async () => {
    vi.mocked(l3.lackingForL3).mockReturnValue("L3 needs bubblewrap: apt-get install bubblewrap");
    const { canaries, whyNotStronger } = await canariesOf("L1");
    expect(whyNotStronger).toBe("L3 needs bubblewrap: apt-get install bubblewrap");
    expect(canaries).toHaveLength(8);
  });

  test("is none where more is required: the error names what is missing", async () => {
    vi.mocked(l3.lackingForL3).mockReturnValue("L3 needs bubblewrap: apt-get install bubblewrap");
    const choice = chooseSandbox({ editionFolder: sourceEdition, require: "L2" });
    await expect(choice).rejects.toThrow(IsolationError);
    await expect(choice).rejects.toThrow("isolation L2 is required and L1 is all there is: L3 needs bubblewrap");
  });

  test("is L1 where L3 does not start", async () => {
    vi.mocked(l3.lackingForL3).mockReturnValue(undefined);
    vi.mocked(l3.openL3Bare).mockRejectedValue(new Error("bwrap: No permissions to create new namespace"));
    const { whyNotStronger } = await canariesOf("L1");
    expect(whyNotStronger).toMatch(/^L3 does not start: bwrap: No permissions .*; allow user namespaces: /);
  });
});
