import { expect, test } from "vitest";
import { manualClock } from "../fixtures/manual-clock.js";
import { Interrupter } from "./interrupt.js";
import { CellThreadState, IoThreadState, newSharedState } from "./thread-state.js";

function newInterrupter() {
  const shared = newSharedState();
  const clock = manualClock();
  const told: number[] = [];
  const terminations: (() => void)[] = [];
  const interrupter = new Interrupter(
    new IoThreadState(shared),
    (serial) => told.push(serial),
    clock,
    (onEnd) => terminations.push(onEnd),
  );
  return { interrupter, clock, told, terminations, cells: new CellThreadState(shared) };
}

test("a thread that hears is not stopped", () => {
  const { interrupter, clock, told, terminations, cells } = newInterrupter();
  cells.enterTheirs();
  interrupter.interrupt();
  expect(interrupter.heard(told[0]!)).toBe(true);
  clock.pass(1000);
  expect(told).toEqual([1]);
  expect(terminations).toEqual([]);
});

test("a loop of the notebook's is stopped, and the thread told again", () => {
  const { interrupter, clock, told, terminations, cells } = newInterrupter();
  cells.enterTheirs();
  interrupter.interrupt();
  clock.pass(40);
  expect(terminations).toHaveLength(1);
  clock.pass(1000);
  expect(told).toEqual([1]);
  terminations[0]!();
  expect(told).toEqual([1, 2]);
  expect(interrupter.heard(1)).toBe(false);
  expect(interrupter.heard(2)).toBe(true);
  expect(cells.enterOurs()).toBe(true);
});

test("our own code, a compilation, is never stopped: what follows it is", () => {
  const { interrupter, clock, terminations, cells } = newInterrupter();
  interrupter.interrupt();
  clock.pass(1000);
  expect(terminations).toEqual([]);
  cells.enterTheirs();
  clock.pass(10);
  expect(terminations).toHaveLength(1);
});

test("an interrupt during another joins it, and one after it is a new one", () => {
  const { interrupter, told } = newInterrupter();
  interrupter.interrupt();
  interrupter.interrupt();
  expect(told).toEqual([1]);
  expect(interrupter.heard(1)).toBe(true);
  expect(interrupter.heard(1)).toBe(false);
  interrupter.interrupt();
  expect(told).toEqual([1, 2]);
});

test("a thread that has heard, but whose answer waits behind its output, is not stopped", () => {
  const { interrupter, clock, told, terminations, cells } = newInterrupter();
  cells.enterTheirs();
  interrupter.interrupt();
  cells.hearInterrupt(told[0]!);
  clock.pass(1000);
  expect(terminations).toEqual([]);
  expect(interrupter.heard(1)).toBe(true);
});

test("an answer that comes while the thread is being stopped does not end the interrupt: it will be told again", () => {
  const { interrupter, clock, told, terminations, cells } = newInterrupter();
  cells.enterTheirs();
  interrupter.interrupt();
  clock.pass(40);
  expect(interrupter.heard(1)).toBe(false);
  terminations[0]!();
  expect(told).toEqual([1, 2]);
  expect(interrupter.heard(2)).toBe(true);
});
