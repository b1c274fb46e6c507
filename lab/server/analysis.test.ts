import { afterEach, expect, test, vi } from "vitest";
import type { AnalysisAnswer, AnalysisRequest } from "../analysis-protocol.js";
import { analysisRoute } from "./analysis.js";
import { eventually } from "./fixtures/eventually.js";
import { notebook, openServer, type Reply, type TestServer } from "./fixtures/open-server.js";
import { ServedFolder } from "./guard/served-folder.js";
import type { Exchange } from "./http/exchange.js";
import { wordsIn } from "./words.js";

let lab: TestServer | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await lab?.close();
  lab = undefined;
});

const request = (source: string): AnalysisRequest => ({ path: "a.ipynb", cells: [{ id: "c", source }] });

const answerTo = ({ cells }: AnalysisRequest): AnalysisAnswer => ({
  cells: [{ id: cells[0]!.source, declares: [], reads: [], problems: [] }],
});

/** An analysis whose answers the test gives, one after the other. */
function slowAnalysis() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const analyse = (request: AnalysisRequest): Promise<AnalysisAnswer> => {
    asked.push(request.cells[0]!.source);
    return new Promise((resolve) => answers.push(() => resolve(answerTo(request))));
  };
  return { open: () => ({ analyse, close() {} }), asked, answers };
}

test("of requests that come while one is analysed, the newest alone has its turn", async () => {
  const { open, asked, answers } = slowAnalysis();
  lab = await openServer({ "a.ipynb": notebook() }, { openAnalysis: open });
  const located = vi.spyOn(ServedFolder.prototype, "locate"); // the last thing before a request queues
  const replies: Promise<Reply>[] = [];
  for (const source of ["first", "second", "third"]) {
    replies.push(lab.ask("POST", "/api/retroprop/analysis", request(source)));
    await eventually(() => expect(located).toHaveBeenCalledTimes(replies.length));
  }
  const answer = async (index: number) => {
    await eventually(() => expect(answers.length).toBeGreaterThan(index));
    answers[index]!();
  };
  await answer(0);
  await answer(1);
  const [first, second, third] = await Promise.all(replies);
  expect([first, second, third].map((reply) => reply?.status)).toEqual([200, 409, 200]);
  expect(second!.json["reason"]).toBe("superseded");
  expect(third!.json).toMatchObject({ cells: [{ id: "third" }] });
  expect(asked).toEqual(["first", "third"]);
});

test("one that takes too long is given up with its thread, and the next gets another", async () => {
  lab = await openServer({ "a.ipynb": notebook() });
  const events: string[] = [];
  // What is quick answers at once: it never competes with the limit, on a machine however slow.
  const analyse = (request: AnalysisRequest): Promise<AnalysisAnswer> =>
    request.cells[0]!.source === "endless" ? new Promise(() => {}) : Promise.resolve(answerTo(request));
  const open = () => {
    events.push("opened");
    return { analyse, close: () => void events.push("closed") };
  };
  const { route } = analysisRoute(new ServedFolder(lab.folder), open, 50);
  const statuses: number[] = [];
  const exchange = (source: string): Exchange => {
    const body = Buffer.from(JSON.stringify(request(source)));
    const incoming = Object.assign(
      (async function* () {
        yield body;
      })(),
      { headers: {} },
    );
    const response = { writeHead: (status: number) => void statuses.push(status), end() {} };
    return { request: incoming, response, words: wordsIn("fr") } as unknown as Exchange;
  };
  await expect(route.handle(exchange("endless"))).rejects.toMatchObject({ status: 504, reason: "slow" });
  expect(events).toEqual(["opened", "closed"]);
  await route.handle(exchange("quick"));
  expect(statuses).toEqual([200]);
  expect(events).toEqual(["opened", "closed", "opened"]);
});

test.each([
  [{ path: "a.ipynb" }, 400],
  [{ path: "a.ipynb", cells: [{ id: 1, source: "" }] }, 400],
  [{ path: "../a.ipynb", cells: [] }, 403],
  [{ path: "a.ipynb", cells: [] }, 200],
])("%j is answered by %i", async (body, status) => {
  lab = await openServer({ "a.ipynb": notebook() });
  expect((await lab.ask("POST", "/api/retroprop/analysis", body)).status).toBe(status);
});
