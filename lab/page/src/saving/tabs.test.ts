import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Channel, type TabMessage, Tabs } from "./tabs.js";

/** What BroadcastChannel does: everyone but the sender receives, a moment later. */
function newHub(): () => Channel {
  const channels: Channel[] = [];
  return () => {
    const channel: Channel = {
      onmessage: null,
      postMessage(message: TabMessage) {
        for (const other of channels) if (other !== channel) queueMicrotask(() => other.onmessage?.({ data: message }));
      },
    };
    channels.push(channel);
    return channel;
  };
}

let events: string[];
beforeEach(() => {
  vi.useFakeTimers();
  events = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

function open(id: string, channel: Channel): Tabs {
  return new Tabs({
    channel,
    id,
    release: async () => void events.push(`${id} saves`),
    onReadOnly: (why) => events.push(`${id} ${why}`),
  });
}

test("one tab alone may write", async () => {
  const first = open("1", newHub()());
  await settle();
  expect([first.mayWrite, events]).toEqual([true, []]);
});

test("the second tab only reads, the first goes on", async () => {
  const join = newHub();
  const first = open("1", join());
  const second = open("2", join());
  await settle();
  expect([first.mayWrite, second.mayWrite, events]).toEqual([true, false, ["2 alreadyOpen"]]);
});

test("taking over, the second writes only once the first has saved and stepped back", async () => {
  const join = newHub();
  const first = open("1", join());
  const second = open("2", join());
  await settle();
  const taken = second.takeOver().then(() => events.push("2 writes"));
  await settle();
  await taken;
  expect(events).toEqual(["2 alreadyOpen", "1 saves", "1 takenOver", "2 writes"]);
  expect([first.mayWrite, second.mayWrite]).toEqual([false, true]);
});

test("and the first may take it back", async () => {
  const join = newHub();
  const first = open("1", join());
  const second = open("2", join());
  await settle();
  await second.takeOver();
  await first.takeOver();
  expect([first.mayWrite, second.mayWrite]).toEqual([true, false]);
});

test("a tab that was closed, or hangs, keeps nobody from writing", async () => {
  const join = newHub();
  const gone = join();
  open("1", gone);
  const second = open("2", join());
  await settle();
  gone.onmessage = null;
  const taken = second.takeOver();
  await vi.advanceTimersByTimeAsync(2000);
  await taken;
  expect(second.mayWrite).toBe(true);
});

test("a third tab learns of the one that writes, whoever opened first", async () => {
  const join = newHub();
  open("1", join());
  const second = open("2", join());
  await settle();
  await second.takeOver();
  const third = open("3", join());
  await settle();
  expect(third.mayWrite).toBe(false);
});
