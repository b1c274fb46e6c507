import { createConnection } from "node:net";
import { expect, test } from "vitest";
import { createLocalServer, listen } from "./listen.js";

test("who sends a request too slowly is answered by a 408 and let go", async () => {
  const server = createLocalServer({ headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 25 });
  server.on("request", (request) => request.resume());
  const port = await listen(server, [0]);
  const answersTo = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = createConnection(port, "127.0.0.1", () => socket.write(text));
      let said = "";
      socket.on("data", (chunk) => {
        said += chunk;
      });
      socket.on("error", () => {});
      socket.on("close", () => resolve(said));
    });
  expect(await answersTo("GET / HTTP/1.1\r\nHost: x\r\n")).toMatch(/^HTTP\/1.1 408/);
  expect(await answersTo("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")).toMatch(/^HTTP\/1.1 408/);
  server.close();
});

test("the server has such limits, of seconds", () => {
  const { headersTimeout, requestTimeout } = createLocalServer();
  expect(headersTimeout).toBeLessThanOrEqual(10_000);
  expect(requestTimeout).toBeLessThanOrEqual(60_000);
});

test("a port that is taken is passed over, unless it is the last", async () => {
  const [first, second, third] = [createLocalServer(), createLocalServer(), createLocalServer()];
  const port = await listen(first!, [0]);
  expect(await listen(second!, [port, 0])).not.toBe(port);
  await expect(listen(third!, [port])).rejects.toMatchObject({ code: "EADDRINUSE" });
  first!.close();
  second!.close();
});
