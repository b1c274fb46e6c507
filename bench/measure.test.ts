import { expect, test } from "vitest";
import { type Contestant, measureAll, type Plan } from "./measure.js";
import type { Hello } from "./session.js";

const plan: Plan = { rounds: 3, seconds: 1, timeout: 10, warmUp: false, tolerance: 1e-4, standard: "standard" };

/** A contestant whose rates are given; it writes what is asked of it to `log`. */
function contestant(name: string, hello: Partial<Hello>, rates: readonly number[], log: string[] = []): Contestant {
  let asked = 0;
  return {
    name,
    hello: async () => {
      log.push(`${name} starts`);
      return { version: `${name} 1.0`, ...hello };
    },
    rate: async () => {
      log.push(`${name} runs`);
      const rate = rates[asked++];
      if (rate === undefined) throw new Error("it gave no answer in 10 s");
      return rate;
    },
    close: () => log.push(`${name} closed`),
  };
}

test("every contestant is measured in every round, and its median counts", async () => {
  const outcomes = await measureAll([contestant("a", {}, [5, 1, 3]), contestant("b", {}, [2, 2, 2])], plan);
  expect([...outcomes.keys()]).toEqual(["a", "b"]);
  expect(outcomes.get("a")).toMatchObject({ status: "measured", rate: 3, version: "a 1.0" });
  expect(outcomes.get("b")).toMatchObject({ status: "measured", rate: 2 });
});

test("contestants take turns once all have started", async () => {
  const log: string[] = [];
  const both = [contestant("a", {}, [1, 1], log), contestant("b", {}, [1, 1], log)];
  await measureAll(both, { ...plan, rounds: 2 });
  expect(log.slice(0, 6)).toEqual(["a starts", "b starts", "a runs", "b runs", "a runs", "b runs"]);
  expect(log.slice(6).sort()).toEqual(["a closed", "b closed"]);
});

test("a first measure to warm up does not count", async () => {
  const outcomes = await measureAll([contestant("a", {}, [100, 1])], { ...plan, rounds: 1, warmUp: true });
  expect(outcomes.get("a")).toMatchObject({ rate: 1 });
});

test("one that hangs or fails is given up, and the others go on", async () => {
  const hanging = contestant("a", {}, [1]);
  const outcomes = await measureAll([hanging, contestant("b", {}, [2, 2, 2])], plan);
  expect(outcomes.get("a")).toEqual({ status: "failed", reason: "it gave no answer in 10 s" });
  expect(outcomes.get("b")).toMatchObject({ status: "measured", rate: 2 });
});

test("one that is not able to do it is never measured", async () => {
  const log: string[] = [];
  const outcomes = await measureAll([contestant("a", { unable: "it has no tape" }, [1, 1, 1], log)], plan);
  expect(outcomes.get("a")).toEqual({ status: "unable", reason: "it has no tape" });
  expect(log).not.toContain("a runs");
});

test("one that computes something else than the standard is not measured", async () => {
  const wrong = contestant("wrong", { losses: [2.3, 2.2] }, [9, 9, 9]);
  const standard = contestant("standard", { losses: [2.3, 2.1] }, [1, 1, 1]);
  const right = contestant("right", { losses: [2.3, 2.10001] }, [2, 2, 2]);
  const outcomes = await measureAll([wrong, standard, right], plan);
  expect(outcomes.get("wrong")).toEqual({
    status: "failed",
    reason: "it computes something else: the loss of step 2 is 2.2, expected 2.1 as for standard",
  });
  expect(outcomes.get("standard")).toMatchObject({ status: "measured", isCompared: true });
  expect(outcomes.get("right")).toMatchObject({ status: "measured", isCompared: true });
});

test("one without losses is measured, and said not to be compared", async () => {
  const outcomes = await measureAll(
    [contestant("standard", { losses: [1] }, [1, 1, 1]), contestant("own", { note: "† own weights" }, [2, 2, 2])],
    plan,
  );
  expect(outcomes.get("own")).toMatchObject({ rate: 2, isCompared: false, note: "† own weights" });
});

test("without the standard the first one is what losses are compared with", async () => {
  const outcomes = await measureAll(
    [contestant("first", { losses: [1] }, [1, 1, 1]), contestant("second", { losses: [2] }, [1, 1, 1])],
    plan,
  );
  expect(outcomes.get("first")).toMatchObject({ status: "measured" });
  expect(outcomes.get("second")).toMatchObject({ status: "failed" });
});
