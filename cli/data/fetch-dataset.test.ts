import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { DatasetEntry } from "retroprop";
import { describe, expect, it, onTestFinished } from "vitest";
import { CliError } from "../command.js";
import { fetchDataset } from "./fetch-dataset.js";
import { makeMirror, temporaryFolder, tinyEntry, tinyFiles } from "./fixtures/tiny-set.js";

const compressed = gzipSync(tinyFiles["tiny/images.gz"]!);

describe("fetching from a folder", () => {
  it("puts decoded files in place and leaves nothing else", async () => {
    const folder = temporaryFolder();
    await fetchDataset({ entry: tinyEntry, folder, from: makeMirror() });
    expectTinySet(folder);
  });

  it("takes files that lie flat, or are not compressed", async () => {
    const folder = temporaryFolder();
    const flat = makeMirror({ "images.gz": tinyFiles["tiny/images.gz"]!, labels: tinyFiles["tiny/labels.gz"]! });
    await fetchDataset({ entry: tinyEntry, folder, from: flat });
    expectTinySet(folder);
  });

  it("says which file it looked for", async () => {
    await expectRefusal(
      { entry: tinyEntry, folder: temporaryFolder(), from: "/no/such/mirror" },
      /^tiny: no file .*images\.gz: --from takes a folder/,
    );
  });

  it("refuses other contents, and keeps the file that was there", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "tiny"));
    writeFileSync(join(folder, "tiny", "images"), "old");
    const from = makeMirror({ ...tinyFiles, "tiny/images.gz": Buffer.from("something else") });
    await expectRefusal({ entry: tinyEntry, folder, from }, /images\.gz is not the file of the registry \(sha256/, 1);
    expect(readFileSync(join(folder, "tiny", "images"), "utf8")).toBe("old");
    expect(readdirSync(join(folder, "tiny"))).toEqual(["images"]);
  });

  it("refuses a damaged gzip", async () => {
    const from = makeMirror();
    writeFileSync(join(from, "tiny", "images.gz"), compressed.subarray(0, -6));
    await expectRefusal({ entry: tinyEntry, folder: temporaryFolder(), from }, /cannot be decompressed/, 1);
  });

  it("keeps line feeds where the carrier writes carriage returns too", async () => {
    const folder = temporaryFolder();
    const from = makeMirror({ "table/table.csv": Buffer.from("a,b\r\n1,2\r\n") });
    await fetchDataset({ entry: tableEntry("a,b\n1,2\n"), folder, from });
    expect(readFileSync(join(folder, "table", "table.csv"), "utf8")).toBe("a,b\n1,2\n");
  });

  it("says that a folder cannot be written in", async () => {
    const notAFolder = join(temporaryFolder(), "file");
    writeFileSync(notAFolder, "");
    await expectRefusal(
      { entry: tinyEntry, folder: notAFolder, from: makeMirror() },
      /cannot write in .*RETROPROP_DATA/,
    );
  });
});

describe("fetching over HTTP", () => {
  it("brings and decodes the files of a mirror, telling how far it is", async () => {
    const folder = temporaryFolder();
    const { address } = await serve(serveFiles());
    const seen: number[] = [];
    await fetchDataset({ entry: tinyEntry, folder, from: `${address}/` }, (_file, received, total) =>
      seen.push(received / total),
    );
    expectTinySet(folder);
    expect(seen).toEqual([1, 1]);
  });

  it("resumes a download that stopped: asks only for the bytes it lacks", async () => {
    const folder = temporaryFolder();
    leavePart(folder, compressed.subarray(0, 10));
    const { address, ranges } = await serve(serveFiles());
    await fetchDataset({ entry: tinyEntry, folder, from: address });
    expectTinySet(folder);
    expect(ranges).toEqual(["bytes=10-", undefined]);
  });

  it("uses a part that was already whole", async () => {
    const folder = temporaryFolder();
    leavePart(folder, compressed);
    const { address } = await serve(serveFiles());
    await fetchDataset({ entry: tinyEntry, folder, from: address });
    expectTinySet(folder);
  });

  it("starts again when the server knows no ranges", async () => {
    const folder = temporaryFolder();
    leavePart(folder, Buffer.from("half of it"));
    const { address } = await serve(serveFiles({ ranges: false }));
    await fetchDataset({ entry: tinyEntry, folder, from: address });
    expectTinySet(folder);
  });

  it("keeps the part of a transfer that breaks off, for the next one", async () => {
    const folder = temporaryFolder();
    let breakOff = () => {};
    const { address } = await serve((_request, response) => {
      response.writeHead(200, { "content-length": compressed.length }).write(compressed.subarray(0, 12));
      breakOff = () => response.destroy();
    });
    await expectRefusal(
      { entry: tinyEntry, folder, from: address },
      /transfer of .* stopped .*, what came is kept: .* run the command again/,
      2,
      () => breakOff(), // when what was sent has come: fetch forgets what it reads together with the end
    );
    expect(readFileSync(partOf(folder))).toEqual(compressed.subarray(0, 12));
  });

  it("deletes a part with the wrong checksum, so that the next run starts afresh", async () => {
    const folder = temporaryFolder();
    leavePart(folder, Buffer.from("not the first bytes"));
    const { address } = await serve(serveFiles());
    await expectRefusal({ entry: tinyEntry, folder, from: address }, /not the file of the registry/, 1);
    expect(readdirSync(join(folder, "tiny"))).toEqual([]);
    await fetchDataset({ entry: tinyEntry, folder, from: address });
    expectTinySet(folder);
  });

  it("tries the registry's addresses in turn", async () => {
    const folder = temporaryFolder();
    const { address } = await serve(serveFiles());
    const urls = [`${address}/nowhere/`, `${address}/tiny/`];
    await fetchDataset({ entry: { ...tinyEntry, urls }, folder });
    expectTinySet(folder);
  });

  it("names the host when there is no network, and the way out", async () => {
    const { address, close } = await serve(serveFiles());
    await close();
    await expectRefusal(
      { entry: { ...tinyEntry, urls: [`${address}/tiny/`] }, folder: temporaryFolder() },
      /^tiny: cannot reach 127\.0\.0\.1:\d+ \(ECONNREFUSED\): check the network .* --from DIR\|URL$/,
    );
  });

  it("says what the server answers", async () => {
    const { address } = await serve(serveFiles());
    await expectRefusal({ entry: tinyEntry, folder: temporaryFolder(), from: `${address}/x` }, /answers 404 Not Found/);
  });

  it.skipIf(process.platform !== "linux")("says that the disk is full (on Linux, which has /dev/full)", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "tiny"));
    symlinkSync("/dev/full", partOf(folder));
    const { address } = await serve(serveFiles());
    await expectRefusal({ entry: tinyEntry, folder, from: address }, /the disk is full \(ENOSPC\).*RETROPROP_DATA/);
  });
});

type Plan = Parameters<typeof fetchDataset>[0];

async function expectRefusal(plan: Plan, message: RegExp, exitCode = 2, onProgress = () => {}): Promise<void> {
  const error = await fetchDataset(plan, onProgress).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CliError);
  expect((error as CliError).message).toMatch(message);
  expect((error as CliError).message).not.toContain("\n");
  expect((error as CliError).exitCode).toBe(exitCode);
}

function expectTinySet(folder: string): void {
  expect(readdirSync(join(folder, "tiny"))).toEqual(["images", "labels"]);
  for (const holds of ["images", "labels"]) {
    expect(readFileSync(join(folder, "tiny", holds))).toEqual(Buffer.from(tinyFiles[`tiny/${holds}.gz`]!));
  }
}

const partOf = (folder: string): string => join(folder, "tiny", "images.gz.part");

function leavePart(folder: string, bytes: Uint8Array): void {
  mkdirSync(join(folder, "tiny"));
  writeFileSync(partOf(folder), bytes);
}

function serveFiles({ ranges = true } = {}): RequestListener {
  return (request, response) => {
    const plain = tinyFiles[request.url!.slice(1)];
    if (plain === undefined) return response.writeHead(404).end();
    const bytes = gzipSync(plain);
    const start = ranges ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0) : 0;
    if (start >= bytes.length) return response.writeHead(416).end();
    response.writeHead(start > 0 ? 206 : 200, { "content-length": bytes.length - start }).end(bytes.subarray(start));
  };
}

async function serve(listener: RequestListener) {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range);
    listener(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => new Promise<void>((done) => server.close(() => done()).closeAllConnections());
  onTestFinished(close);
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ranges: asked, close };
}

function tableEntry(contents: string): DatasetEntry {
  const sha256 = { bytes: createHash("sha256").update(contents).digest("hex") };
  const download = { path: "table/table.csv", size: 10, lineEnds: "any" } as const;
  const size = contents.length;
  return {
    ...tinyEntry,
    name: "table",
    files: [{ path: "table/table.csv", split: "all", holds: "rows", size, sha256, download }],
  };
}
