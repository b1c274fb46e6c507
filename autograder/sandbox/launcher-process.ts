// The process that starts those of a class, in the judge's name: it is small, and so is what the system copies of it at
// each start. It ends with the judge, and all that it has started ends before it.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Launch, type Started, startOn } from "./launch.js";
import type { Limits, ProcessEnd } from "./sandbox.js";

/** What the judge asks. */
export interface Order {
  /** What the judge knows the process by; the first that it reads of it. */
  readonly token: string;
  /** Where the judge waits for the descriptor 3 of the process, from the folder that the launcher runs in. */
  readonly path: string;
  readonly what: Launch;
  readonly limits: Limits;
}

/** What the judge is told of it: how it began, then how it ended; or that it did not begin. */
export type News = { readonly token: string } & (
  | { readonly pid: number | null }
  | { readonly end: ProcessEnd }
  | { readonly refused: string }
);

const running = new Set<Started>();

process.on("message", (order) => void carryOut(order as Order));
process.once("disconnect", () => {
  for (const started of running) started.kill();
  process.exit();
});

async function carryOut({ token, path, what, limits }: Order): Promise<void> {
  try {
    const started = await startConnected(await connectAs(token, path), what, limits);
    running.add(started);
    tell({ token, pid: started.pid ?? null });
    const end = await started.ended;
    running.delete(started);
    tell({ token, end });
  } catch (error) {
    tell({ token, refused: (error as Error).message });
  }
}

async function connectAs(token: string, path: string): Promise<Socket> {
  const channel = connect(path);
  await once(channel, "connect");
  await new Promise((written) => channel.write(token, written));
  return channel;
}

/** What is left here of the channel is closed in the same moment: nothing that its process writes is read here. */
function startConnected(channel: Socket, what: Launch, limits: Limits): Promise<Started> {
  waitInReads(channel);
  const starting = startOn(channel, what, limits);
  channel.destroy();
  return starting;
}

/** Node's own sockets never wait. The harness does, without an event loop; and to ask for it Node has no public way. */
function waitInReads(channel: Socket): void {
  (channel as unknown as { readonly _handle: { setBlocking(isBlocking: boolean): void } })._handle.setBlocking(true);
}

function tell(news: News): void {
  if (process.connected) process.send!(news, () => {}); // the judge may be gone
}
