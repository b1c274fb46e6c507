// The same name however it is written: `NOËL Émilie`, `emilie.noel`, `Noel_Emilie`.

/** Its words without case, accents or order. */
export const nameKey = (name: string): string => wordsOf(name).sort().join(" ");

/** Its letters in the order they stand: `NoelEmilie` and `noel emilie` have the same. */
export const compactName = (name: string): string => wordsOf(name).join("");

/** Apostrophes join (`N'Guyen`, `NGuyen`), all other marks separate. */
export function wordsOf(name: string): string[] {
  const plain = name
    .slice(0, longestName)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[œæßøłđ]/g, (letter) => ligatures[letter] ?? letter)
    .replace(/['’ʼ`]/g, "");
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}

/** What is longer is nobody's name, and would be read once for each of the class. */
export const longestName = 300;

/** Letters that Unicode does not take apart. */
const ligatures: Readonly<Record<string, string>> = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d" };

/** Words that file names add to a name and that nobody is called. */
export const isFileWord = (word: string): boolean => /^(tp|td|rendu|ipynb|ts|version|v|final|finale)?\d*$/.test(word);
