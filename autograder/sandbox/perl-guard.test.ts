import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { hasL2 } from "./fixtures/layers.js";
import { processesOf } from "./fixtures/processes.js";
import { freshUser } from "./own-users.js";
import { sweepUser } from "./perl-guard.js";

const asUser = (user: number, ...command: string[]): ChildProcess =>
  spawn("setpriv", [`--reuid=${user}`, `--regid=${user}`, "--clear-groups", ...command], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });

const sweep = (user: number) => {
  const [command, ...args] = sweepUser(user);
  return spawnSync(command!, args, { encoding: "utf8", timeout: 10_000 });
};

/** Starts the next one, in a session of its own, and ends: whoever kills one by one comes too late. It ends in time. */
const link = 'sleep 0.02; [ "$2" -gt 0 ] && setsid sh -c "$1" sh "$1" "$(($2 - 1))" &';

/** Long before the chain ends by itself, after half a minute. */
const soon = { timeout: 10_000, interval: 5 };

const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

describe.runIf(hasL2)("sweeping a user", () => {
  test("ends what left its group and goes on making processes, and nobody else's", async () => {
    const [user, other] = [freshUser(), freshUser()];
    const chain = asUser(user, "sh", "-c", `echo started; ${link}`, "sh", link, "1500");
    const neighbour = asUser(other, "sh", "-c", "echo started; exec sleep 60");
    await Promise.all([chain, neighbour].map((one) => once(one.stdout!, "data")));
    // The first one has ended, another runs: a reading of /proc may fall between one's end and the next one's line.
    await vi.waitFor(() => expect([isAlive(chain), processesOf(user).length > 0]).toEqual([false, true]), soon);
    expect(sweep(user)).toMatchObject({ status: 0, stderr: "" });
    await vi.waitFor(() => expect(processesOf(user)).toEqual([]), soon);
    await setTimeout(100); // five links' time: nobody is left to make the next one
    expect(processesOf(user)).toEqual([]);
    expect(isAlive(neighbour)).toBe(true);
    neighbour.kill("SIGKILL");
  });

  test("of whom nothing runs is no trouble", () => {
    expect(sweep(freshUser())).toMatchObject({ status: 0, stderr: "" });
  });
});
