import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  ConnectionError,
  proposeConnection,
  readConnectionFile,
  removeConnectionFile,
  writeConnectionFile,
} from "./connection.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-connection-"));
afterAll(() => rmSync(folder, { recursive: true }));

const valid = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 1001,
  iopub_port: 1002,
  stdin_port: 1003,
  control_port: 1004,
  hb_port: 1005,
  signature_scheme: "hmac-sha256",
  key: "k",
} as const;

function write(text: string): string {
  const path = join(folder, "connection.json");
  writeFileSync(path, text);
  chmodSync(path, 0o644);
  return path;
}

test("what was proposed and written is read again, with five ports of its own", async () => {
  const connection = await proposeConnection();
  const path = writeConnectionFile(connection);
  expect(readConnectionFile(path)).toEqual(connection);
  removeConnectionFile(path);
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
  expect(new Set([shell_port, iopub_port, stdin_port, control_port, hb_port]).size).toBe(5);
});

test("what a front end adds is no obstacle", () => {
  expect(readConnectionFile(write(JSON.stringify({ ...valid, kernel_name: "tslab" })))).toMatchObject(valid);
});

test.skipIf(process.platform === "win32")("a file that others can read is closed to them (skipped on Windows)", () => {
  const path = write(JSON.stringify(valid));
  readConnectionFile(path);
  expect((statSync(path).mode & 0o777).toString(8)).toBe("600");
});

test.each([
  ["another machine's address", { ...valid, ip: "0.0.0.0" }, '`ip` must be "127.0.0.1" or "localhost", got "0.0.0.0"'],
  ["another transport", { ...valid, transport: "ipc" }, '`transport` must be "tcp", got "ipc"'],
  ["another signature", { ...valid, signature_scheme: "hmac-md5" }, '`signature_scheme` must be "hmac-sha256"'],
  ["no key", { ...valid, key: "" }, '`key` must be a secret, which signs the messages, got ""'],
  ["no port", { ...valid, hb_port: 0 }, "`hb_port` must be a port, got 0"],
  ["another object", [], "`transport` must be"],
])("%s is refused by an error that names file, field and value", (_, content, message) => {
  const path = write(JSON.stringify(content));
  expect(() => readConnectionFile(path)).toThrow(ConnectionError);
  expect(() => readConnectionFile(path)).toThrow(`${path}: ${message}`);
});

test("a file that is not there, or not JSON, is refused by an error that names it", () => {
  expect(() => readConnectionFile(join(folder, "none.json"))).toThrow(/none\.json: cannot be read as .*ENOENT/);
  expect(() => readConnectionFile(write("{"))).toThrow(/connection\.json: cannot be read as a Jupyter connection file/);
  expect(() => readConnectionFile(write("3"))).toThrow("expected a Jupyter connection file, an object");
});
