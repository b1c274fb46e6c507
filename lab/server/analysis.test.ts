import { afterEach, expect, test } from "vitest";
import type { AnalysisAnswer, AnalysisRequest } from "../analysis-protocol.js";
import { analysisRoute } from "./analysis.js";
import { notebook, openServer, type TestServer } from "./fixtures/open-server.js";
import { ServedFolder } from "./guard/served-folder.js";
import type { Exchange } from "./http/exchange.js";
import { wordsIn } from "./words.js";

let lab: TestServer | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

const request = (source: string): AnalysisRequest => ({ path: "a.ipynb", cells: [{ id: "c", source }] });

/** An analysis whose answers the test gives, one after the other. */
function slowAnalysis() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  let opened = 0;
  let closed = 0;
  const open = () => {
    opened++;
    return {
      analyse({ cells }: AnalysisRequest): Promise<AnalysisAnswer> {
        asked.push(cells[0]!.source);
        const answer = { cells: [{ id: cells[0]!.source, declares: [], reads: [], problems: [] }] };
        return new Promise((resolve) => answers.push(() => resolve(answer)));
      },
      close: () => void closed++,
    };
  };
  return { open, asked, answers, counts: () => ({ opened, closed }) };
}

test("of requests that come while one is analysed, the newest alone has its turn", async () => {
  const { open, asked, answers } = slowAnalysis();
  lab = await openServer({ "a.ipynb": notebook() }, { openAnalysis: open });
  const ask = (source: string) => lab!.ask("POST", "/api/retroprop/analysis", request(source));
  const until = async (count: number) => {
    while (answers.length < count) await new Promise((wake) => setTimeout(wake, 5));
    answers[count - 1]!();
  };
  const first = ask("first");
  while (asked.length === 0) await new Promise((wake) => setTimeout(wake, 5));
  const second = ask("second");
  await new Promise((wake) => setTimeout(wake, 50));
  const third = ask("third");
  await new Promise((wake) => setTimeout(wake, 50));
  await until(1);
  await until(2);
  const replies = await Promise.all([first, second, third]);
  expect(replies.map(({ status }) => status)).toEqual([200, 409, 200]);
  expect(replies[1]!.json["reason"]).toBe("superseded");
  expect(replies[2]!.json).toMatchObject({ cells: [{ id: "third" }] });
  expect(asked).toEqual(["first", "third"]);
});

test("one that takes too long is given up with its thread, and the next gets another", async () => {
  const { open, answers, counts } = slowAnalysis();
  lab = await openServer({ "a.ipynb": notebook() });
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
  expect(counts()).toEqual({ opened: 1, closed: 1 });
  const next = route.handle(exchange("quick"));
  while (answers.length < 2) await new Promise((wake) => setTimeout(wake, 5));
  answers[1]!();
  await next;
  expect(statuses).toEqual([200]);
  expect(counts().opened).toBe(2);
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
