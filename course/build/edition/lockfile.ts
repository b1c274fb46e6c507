// The lockfile of a release: the part of the course's own that the release needs, so that both install the same packages.
// It is what `npm install --package-lock-only` would write, without a network and the same on every machine.

/** What of package.json goes into a lockfile. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly workspaces?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly [key: string]: unknown;
}

type Packages = Record<string, Entry>;

/** The text of the lockfile of `manifest`, whose workspaces stand in these folders. */
export function lockfileOf(courseLock: string, manifest: Manifest, workspaces: ReadonlyMap<string, Manifest>): string {
  const all = JSON.parse(courseLock).packages as Packages;
  const own = new Set([...workspaces.values()].map(({ name }) => name));
  const wanted = [manifest, ...workspaces.values()].flatMap(({ dependencies = {} }) => Object.keys(dependencies));
  const packages: Packages = { "": entryOf(manifest) };
  for (const [folder, { name }] of workspaces) packages[`node_modules/${name}`] = { resolved: folder, link: true };
  for (const path of reachable(
    all,
    wanted.filter((name) => !own.has(name)),
  ))
    packages[path] = inProduction(all[path]!);
  for (const [folder, workspace] of workspaces) packages[folder] = entryOf(workspace, folder);
  const { name, version } = manifest;
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")));
  return `${JSON.stringify({ name, version, lockfileVersion: 3, requires: true, packages: sorted }, undefined, 2)}\n`;
}

/** npm writes the name where the folder does not say it. */
function entryOf({ name, version, license, workspaces, dependencies, bin, engines }: Manifest, folder?: string): Entry {
  const named = folder === undefined || !folder.endsWith(`/${name}`);
  return defined({ name: named ? name : undefined, version, license, workspaces, dependencies, bin, engines });
}

const defined = (entry: object): Entry => JSON.parse(JSON.stringify(entry));

/** Paths of the packages that `names`, asked for at the root, need. */
function reachable(all: Packages, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string, from: string, isOptional: boolean): void => {
    const path = locate(all, name, from);
    if (path === undefined) {
      if (!isOptional) throw new Error(`internal: package-lock.json has no ${name}: run \`npm install\``);
    } else if (!found.has(path)) {
      found.add(path);
      const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = all[path]!;
      for (const needed of Object.keys({ ...peerDependencies, ...dependencies })) {
        if (peerDependenciesMeta?.[needed]?.optional !== true) visit(needed, path, false);
      }
      for (const needed of Object.keys(optionalDependencies ?? {})) visit(needed, path, true);
    }
  };
  for (const name of names) visit(name, "", false);
  return found;
}

/** As Node finds a package: in the nearest node_modules. */
function locate(all: Packages, name: string, from: string): string | undefined {
  const path = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (path in all) return path;
  if (from === "") return undefined;
  return locate(all, name, from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))));
}

/** What only developers of the course need, a release may need in earnest. */
function inProduction({ dev: _dev, devOptional, ...entry }: Entry): Entry {
  return devOptional ? { ...entry, optional: true } : entry;
}
