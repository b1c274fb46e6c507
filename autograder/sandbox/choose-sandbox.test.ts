import { beforeEach, describe, expect, test, vi } from "vitest";
import { chooseSandbox, IsolationError, type SandboxOptions } from "./choose-sandbox.js";
import { hasL2, hasL3, sourceEdition } from "./fixtures/layers.js";
import { openL1 } from "./l1.js";
import * as l2 from "./l2.js";
import * as l3 from "./l3.js";
import type { Layer } from "./sandbox.js";

vi.mock("./l2.js", { spy: true });
vi.mock("./l3.js", { spy: true });

const noBubblewrap = "L3 needs bubblewrap: apt-get install bubblewrap";
const noRoot = "L2 needs root: run as root";
const withoutL3 = () => vi.mocked(l3.lackingForL3).mockReturnValue(noBubblewrap);
const withoutL2 = () => vi.mocked(l2.lackingForL2).mockReturnValue(noRoot);

beforeEach(() => {
  vi.resetAllMocks();
});

async function choose(expected: Layer, options: Omit<SandboxOptions, "editionFolder"> = {}) {
  const chosen = await chooseSandbox({ editionFolder: sourceEdition, ...options });
  await chosen.sandbox.close();
  expect(chosen.layer).toBe(expected);
  expect(chosen.sandbox.layer).toBe(expected);
  return chosen;
}

const refusal = (options: Omit<SandboxOptions, "editionFolder">): Promise<unknown> =>
  chooseSandbox({ editionFolder: sourceEdition, ...options }).catch((error: unknown) => error);

describe("the sandbox chosen", () => {
  test.runIf(hasL3)("is L3 where its canaries hold", async () => {
    const { canaries, whyNotStronger } = await choose("L3", { require: "L2" });
    expect(canaries.every(({ held }) => held)).toBe(true);
    expect(whyNotStronger).toBeUndefined();
  });

  test.runIf(hasL2)("is L2 where L3 lacks something, which is said with its remedy", async () => {
    withoutL3();
    const { canaries, whyNotStronger } = await choose("L2", { require: "L2" });
    expect(canaries.map(({ held }) => held)).toEqual(Array(8).fill(true));
    expect(whyNotStronger).toBe(noBubblewrap);
  });

  test.runIf(hasL2)("is L2 where L3 does not start", async () => {
    vi.mocked(l3.lackingForL3).mockReturnValue(undefined);
    vi.mocked(l3.openL3Bare).mockRejectedValue(new Error("bwrap: No permissions to create new namespace"));
    const { whyNotStronger } = await choose("L2");
    expect(whyNotStronger).toMatch(/^L3 does not start: bwrap: No permissions .*; allow user namespaces: /);
  });

  test("is L1 where both lack something, which is said of each", async () => {
    withoutL3();
    withoutL2();
    const { canaries, whyNotStronger } = await choose("L1");
    expect(whyNotStronger).toBe(`${noBubblewrap}; ${noRoot}`);
    expect(canaries).toHaveLength(8);
  });

  test("is not one that lets a canary through, whatever it calls itself", async () => {
    withoutL2();
    vi.mocked(l3.lackingForL3).mockReturnValue(undefined);
    vi.mocked(l3.openL3Bare).mockImplementation(openL1);
    const { whyNotStronger } = await choose("L1");
    expect(whyNotStronger).toMatch(/^L3 does not hold here: .*network \(got 127\.0\.0\.1:\d+\)/);
  });

  test("is none where more is required: the error names what is missing", async () => {
    withoutL3();
    withoutL2();
    const error = await refusal({ require: "L2" });
    expect(error).toBeInstanceOf(IsolationError);
    expect(String(error)).toContain(`isolation L2 is required and is not to be had: ${noBubblewrap}; ${noRoot}`);
  });
});

describe("a layer that is asked for by name", () => {
  test.each(["L0", "L1"] as const)("is used though stronger ones may be had: %s", async (layer) => {
    const { whyNotStronger } = await choose(layer, { use: layer });
    expect(whyNotStronger).toBeUndefined();
  });

  test("must be as strong as what is required", async () => {
    const error = await refusal({ use: "L1", require: "L2" });
    expect(error).toEqual(new IsolationError("isolation L1 is asked for, and L2 is the weakest that will do"));
  });

  test("is not replaced by another one", async () => {
    withoutL2();
    expect(String(await refusal({ use: "L2" }))).toContain(`L2 is required and is not to be had: ${noRoot}`);
  });
});
