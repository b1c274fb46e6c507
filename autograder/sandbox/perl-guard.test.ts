import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
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

const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

describe.runIf(hasL2)("sweeping a user", () => {
  test("ends what left its group and goes on making processes, and nobody else's", async () => {
    const [user, other] = [freshUser(), freshUser()];
    const chain = asUser(user, "sh", "-c", `echo started; ${link}`, "sh", link, "200");
    const neighbour = asUser(other, "sh", "-c", "echo started; exec sleep 60");
    await Promise.all([chain, neighbour].map((one) => once(one.stdout!, "data")));
    await setTimeout(60); // the first one has ended
    expect(processesOf(user)).not.toEqual([]);
    expect(sweep(user)).toMatchObject({ status: 0, stderr: "" });
    await setTimeout(50);
    expect(processesOf(user)).toEqual([]);
    expect(isAlive(neighbour)).toBe(true);
    neighbour.kill("SIGKILL");
  });

  test("of whom nothing runs is no trouble", () => {
    expect(sweep(freshUser())).toMatchObject({ status: 0, stderr: "" });
  });
});
