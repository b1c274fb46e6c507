// What a file's name says of it: a notebook, code, an archive, or nobody's work.

const strict = /\.(?:ipynb|[mc]?ts)$/i;
const declaration = /\.d\.[mc]?ts$/i;
/** What browsers, systems and hands make of `tp1.ipynb` and `tp1.ts`. */
const loose = /\.(?:ipynb|ts)\.(?:txt|json|bak|download)$|\.(?:txt|json|[mc]?js|tsx)$|^[^.]+$/i;
const notJson = /\.(?:[mc]?[jt]s|tsx|[mc]?ts\.(?:txt|bak|download))$/i;
const nobodys =
  /^(?:package|package-lock|equipe|tsconfig.*|jsconfig.*|biome|readme.*|licen[cs]e|makefile|dockerfile|.*\.config)(?:\.\w+)?$/i;

/** Named as it should be. */
export const isWorkName = (name: string): boolean => strict.test(name) && !declaration.test(name);

/** Perhaps work, under a name it should not have: looked at where there is nothing else. */
export const mayBeWork = (name: string): boolean => loose.test(name) && !nobodys.test(name);

/** What may hold answers in words, beside the work. */
export const isTextName = (name: string): boolean =>
  /\.(?:md|markdown|txt)$/i.test(name) && !/\.(?:ipynb|[mc]?ts)\.\w+$/i.test(name) && !nobodys.test(name);

/** What nobody reads by a program, and may hold answers. */
export const isDocumentName = (name: string): boolean => /\.(?:pdf|docx?|odt|rtf|pages)$/i.test(name);

/** What may hold a notebook: its content decides. */
export const isNotebookName = (name: string): boolean => !notJson.test(name);

export const isArchiveName = (name: string): boolean => /\.(?:zip|tar|tgz|gz)$/i.test(name);

/** Archives that are not opened. */
export const isForeignArchive = (name: string): boolean =>
  /\.(?:rar|7z|bz2|tbz2?|xz|txz|zst|lzma|cab|iso|dmg)$/i.test(name);

/** What editors, systems and npm leave in a folder is nobody's work. */
export const isClutter = (name: string): boolean =>
  name.startsWith(".") || ["__MACOSX", "node_modules", "dist", "Thumbs.db", "desktop.ini"].includes(name);

/** `alice` of `alice.ipynb`, `alice.tar.gz`, `alice.ipynb.txt`. */
export const stemOf = (name: string): string =>
  name.replace(/(?:\.tar)?\.\w{1,8}$/, "").replace(/\.(?:ipynb|ts)$/i, "") || name;

/** A name that says which work it is, and not whose. */
export const namesNobody = (stem: string): boolean =>
  /^(?:tp|lab|td|devoir|exercices?|exercises?|notebooks?|solutions?|rendu|src|code|data|index|main|untitled|sans[ _-]titre)(?:[ _-]|\d|\(\d+\)|copy|copie|final|v)*$/i.test(
    stem,
  );
