import { beforeEach, describe, expect, it, vi } from "vitest";
import { hasL2, hasL3 } from "../../autograder/sandbox/fixtures/layers.js";
import * as l2 from "../../autograder/sandbox/l2.js";
import * as l3 from "../../autograder/sandbox/l3.js";
import { CliError } from "../command.js";
import type { Terminal } from "../terminal.js";
import { doctor } from "./doctor.js";

vi.mock("../../autograder/sandbox/l2.js", { spy: true });
vi.mock("../../autograder/sandbox/l3.js", { spy: true });
beforeEach(() => {
  vi.resetAllMocks();
});

async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const terminal: Terminal = {
    print: (line = "") => lines.push(line),
    warn: (line) => lines.push(line),
    style: (_, text) => text,
    progress: () => ({ update() {}, end() {} }),
  };
  return { code: await doctor.run(args, terminal), lines };
}

describe("retroprop doctor", () => {
  it("has a line for each layer of isolation, strongest first, with the remedy for one that does not run", async () => {
    vi.mocked(l3.lackingForL3).mockReturnValue("L3 needs bubblewrap: apt-get install bubblewrap");
    const { lines } = await run();
    const layers = lines.filter((line) => line.includes("isolation L"));
    expect(layers.map((line) => /isolation (L\d)/.exec(line)?.[1])).toEqual(["L3", "L2", "L1", "L0"]);
    expect(layers[0]).toMatch(/^– .*: L3 needs bubblewrap: apt-get install bubblewrap$/);
    expect(layers[1]).toMatch(hasL2 ? /^✓ .*: runs, first program in \d+ ms$/ : /^– .*: L2 needs /);
    expect(layers[2]).toMatch(/^✓ isolation L1 \(Node's permissions, for code you trust\): runs/);
  }, 180_000);

  it("--isolation tells what a hostile program was refused in each layer, and what it got", async () => {
    vi.mocked(l2.lackingForL2).mockReturnValue("L2 needs root");
    const { code, lines } = await run("--isolation");
    expect(code).toBe(0);
    expect(lines).toContain("– isolation L2 (own user, chroot, seccomp): L2 needs root");
    if (hasL3) expect(lines[0]).toMatch(/^✓ isolation L3 .*: holds 8 of 8$/);
    expect(lines.find((line) => line.includes("isolation L1"))).toMatch(/^! .*: holds \d of 8$/);
    expect(lines.at(-1)).toMatch(/^ {4}[✓!] loop {8}killed after 200 ms$/);
    expect(lines.some((line) => /^ {4}! network {5}got 127\.0\.0\.1:\d+$/.test(line))).toBe(true);
  }, 180_000);

  it("takes nothing else", async () => {
    await expect(run("--isolaton")).rejects.toThrow(
      new CliError("it takes --isolation or nothing, received --isolaton"),
    );
  });
});
