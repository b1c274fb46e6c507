import { describe, expect, test } from "vitest";
import { competitors } from "./competitors.js";
import type { Outcome } from "./measure.js";
import { formatNumber, type Report, report } from "./report.js";
import { longMeasurements, measurements } from "./workloads.js";

const measured = (rate: number, extra: Partial<Outcome> = {}): Outcome =>
  ({ status: "measured", version: "Node v20", rate, isCompared: true, note: undefined, ...extra }) as Outcome;

function reportOf(title: string, outcomes: Readonly<Record<string, Outcome>>, extra: Partial<Report> = {}): string {
  return report({
    measurements: [...measurements, ...longMeasurements].filter((measurement) => measurement.title === title),
    competitors,
    results: new Map([[title, new Map(Object.entries(outcomes))]]),
    machine: "Abacus × 2, Linux 1.0",
    missing: [],
    rounds: 5,
    ...extra,
  });
}

test("a training shows examples a second, over PyTorch", () => {
  const text = reportOf("W1 dense", { retroprop: measured(412_345), pytorch: measured(16_000) });
  expect(text).toContain("|  | W1 dense |\n| --- | ---: |\n| retroprop | 412k (25.8) |\n| PyTorch | 16.0k (1.00) |");
});

test("a measure of something else is marked, and the notes say why", () => {
  const note = "† it draws its own weights";
  const text = reportOf("W2 dense", { pytorch: measured(6000), "ml-fnn": measured(1500, { isCompared: false, note }) });
  expect(text).toContain("| ml-fnn | 1.50k (0.25) † |");
  expect(text).toContain("- ml-fnn: † it draws its own weights (W2 dense)");
});

test("what failed or is not able to do it stands in the notes, and a row without a number is left out", () => {
  const text = reportOf("W1 dense", {
    retroprop: measured(1000),
    pytorch: { status: "failed", reason: "it gave no answer in 60 s" },
    "ml-fnn": { status: "unable", reason: "it wants a hidden layer" },
  });
  expect(text).toContain("| retroprop | 1.00k |");
  expect(text).not.toContain("| PyTorch |");
  expect(text).toContain("- PyTorch: failed: it gave no answer in 60 s (W1 dense)");
  expect(text).toContain("- ml-fnn: it wants a hidden layer (W1 dense)");
});

test("that a library only trains is no news", () => {
  const unable: Outcome = { status: "unable", reason: "it multiplies no matrices" };
  expect(reportOf("37×53×61", { retroprop: measured(1), convnetjs: unable })).not.toContain("convnetjs");
});

test("recording is shown in microseconds an operation", () => {
  expect(reportOf("autograd", { retroprop: measured(1e7) })).toContain("| retroprop | 0.10 |");
});

test("a whole training is shown in seconds", () => {
  const title = "DeepNetwork, 10 epochs";
  const text = reportOf(title, { retroprop: measured(100_000), pytorch: measured(5000) });
  expect(text).toContain("| retroprop | 5.00 (20.0) |");
  expect(text).toContain("| DeepNetwork, 10 epochs | ≥ 20 × PyTorch | 20.0 | yes |");
});

test("goals that were not reached are said not to be", () => {
  const text = reportOf("W1 dense", { retroprop: measured(20_000), pytorch: measured(16_000) });
  expect(text).toContain("| W1 dense | ≥ 25 × PyTorch | 1.25 | no |");
  expect(text).toContain("| W1 dense | ≥ 5 × tfjs-wasm |  | not measured |");
});

test("machine, rounds, versions and what was missing are named", () => {
  const missing = ["without numpy: pip install numpy"];
  const text = reportOf("W1 dense", { retroprop: measured(1) }, { missing });
  expect(text).toContain("Abacus × 2, Linux 1.0. Medians of 5 interleaved rounds");
  expect(text).toContain("This run was without numpy: pip install numpy.");
  expect(text).toContain("## Versions\n\n- Node v20\n");
});

test("the reference BLAS is warned of, OpenBLAS is not", () => {
  const withBlas = (blas: string) =>
    reportOf("W1 dense", { pytorch: measured(1, { version: `PyTorch 1.13 with ${blas}` }) });
  expect(withBlas("reference BLAS")).toContain("apt-get install libopenblas0");
  expect(withBlas("OpenBLAS")).not.toContain("apt-get");
});

test("sections without a measure are left out", () => {
  const text = reportOf("autograd", { retroprop: measured(1e7) });
  expect(text).toContain("## The cost of recording");
  expect(text).not.toContain("## Training");
  expect(text).not.toContain("## Products");
  expect(text).not.toContain("## TP2");
});

describe("formatNumber", () => {
  test.each([
    [0.0812, "0.081"],
    [0.5, "0.50"],
    [1, "1.00"],
    [25.77, "25.8"],
    [99.96, "100"],
    [512.3, "512"],
    [999.7, "1.00k"],
    [16_842, "16.8k"],
    [99_960, "100k"],
    [807_400, "807k"],
    [999_600, "1.00M"],
    [12_345_678, "12.3M"],
  ])("shows %d as %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});
