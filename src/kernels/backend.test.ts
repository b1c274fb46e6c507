import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

/** A fresh copy of the library, as a process has it that has just started. */
const freshLibrary = () => import("../index.js");

beforeEach(() => {
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function lossesOf({ DeepNetwork, ops, RandomGenerator, SGD, Tensor }: Awaited<ReturnType<typeof freshLibrary>>) {
  const random = new RandomGenerator(1);
  const network = new DeepNetwork(5, 3, 4, 1, { tanh: true, random });
  const optimizer = new SGD(network.parameters(), { learningRate: 0.1 });
  return Array.from({ length: 10 }, () => {
    const loss = ops.nll(network.forward(new Tensor(random.normal([5]))), 1);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.item();
  });
}

describe("the backend", () => {
  test("is SIMD where there is SIMD, without a word", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { currentBackend } = await freshLibrary();
    expect(currentBackend()).toBe("simd");
    expect(warn).not.toHaveBeenCalled();
  });

  test("is the reference where WebAssembly is missing, and says so once", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const library = await freshLibrary();
    const losses = lossesOf(library);
    lossesOf(library);
    expect(library.currentBackend()).toBe("reference");
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]![0]).toContain("WebAssembly SIMD is missing here");
    vi.unstubAllGlobals();
    vi.resetModules();
    const elsewhere = await freshLibrary();
    elsewhere.setBackend("reference");
    expect(losses).toEqual(lossesOf(elsewhere));
  });

  test("cannot become SIMD where there is none", async () => {
    vi.stubGlobal("WebAssembly", { validate: () => false });
    const { setBackend } = await freshLibrary();
    expect(() => setBackend("simd")).toThrow('this machine has no WebAssembly SIMD: "reference" is what it can do');
  });

  test("is told by setBackend, which gives back the one before", async () => {
    const { currentBackend, setBackend } = await freshLibrary();
    expect([setBackend("reference"), currentBackend(), setBackend("simd"), currentBackend()]).toEqual([
      "simd",
      "reference",
      "reference",
      "simd",
    ]);
  });

  test("has two names", async () => {
    const { setBackend } = await freshLibrary();
    expect(() => setBackend("gpu" as "simd")).toThrow('setBackend: expected "reference" or "simd", received "gpu"');
  });

  test("changes nothing but the rounding of sums", async () => {
    const library = await freshLibrary();
    const compiled = lossesOf(library);
    library.setBackend("reference");
    lossesOf(library).forEach((loss, i) => {
      expect(compiled[i]).toBeCloseTo(loss, 6);
    });
  });
});
