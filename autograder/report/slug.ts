// File names from student names: safe on every system, readable, never two the same.

/** One slug a name, in order; two names that give the same one are told apart by a number. */
export function slugs(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base = slug(name);
    let unique = base;
    for (let n = 2; taken.has(unique); n++) unique = `${base}-${n}`;
    taken.add(unique);
    return unique;
  });
}

function slug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  // Windows opens a device for these, whatever follows the point.
  return plain === "" || /^(con|prn|aux|nul|com\d|lpt\d)$/.test(plain) ? `rendu-${plain}`.replace(/-$/, "") : plain;
}
