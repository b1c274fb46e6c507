// Attempts through what is handed in: archives, notebooks, names, text that is shown, text that is slow to read.
import { makeTar, makeZip } from "../../submission/fixtures/make-archive.js";
import { type Attack, inSoftmax, right, softmaxWith, whole } from "../attack.js";

const good = softmaxWith(right);
const inMemory = "Archives are read in memory, their names checked, links refused";
const slowToRead = "More than anybody writes is refused before it is parsed; no pattern goes back";

const cell = (source: string, more: object = {}) => ({ cell_type: "code", metadata: {}, outputs: [], source, ...more });
const notebook = (cells: readonly object[], more: object = {}) =>
  JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5, ...more });
const files = (brief: Omit<Attack, "files">, handedIn: Attack["files"]): Attack => ({ ...brief, files: handedIn });
const neutral = (id: string, tries: string, heldBy: string, handedIn: Attack["files"]): Attack =>
  files({ id, tries, expected: "NEUTRAL", heldBy }, handedIn);
const refused = (id: string, tries: string, heldBy: string, says: RegExp, handedIn: Attack["files"]): Attack =>
  files({ id, tries, expected: "REJECT", heldBy, says }, handedIn);
const shown = (id: string, tries: string, error: string): Attack =>
  inSoftmax(
    {
      id,
      tries,
      expected: "ZERO",
      heldBy: "Control and direction characters are replaced, each page escapes its own way",
    },
    `throw ${error};`,
  );

const inExercise = { retroprop: { kind: "exercise", exercise: "tp1.softmax", points: 100 } };

export const handingIn: readonly Attack[] = [
  shown("A48", "clears the teacher's terminal", "new Error('\\x1b[2J\\x1b]0;20/20\\x07\\u202e02/02')"),
  shown(
    "A49",
    "puts a page into the page",
    "Object.assign(new Error('<img src=x onerror=alert(1)><script>1</script>![x](http://x)'), { name: '<b>' })",
  ),
  shown("R70", "an error of two million letters, half of them broken", "new Error('é\\ud800'.repeat(1e6))"),
  neutral("A50", "a file named like a formula", "Cells of CSV that begin a formula are quoted", {
    "=HYPERLINK(tp1).ts": good,
  }),
  refused("A53", "an archive that unpacks above itself", inMemory, /remonte hors de l'archive/, {
    "tp1.zip": makeZip([{ name: "../../autograder/run.ts", content: good }]),
  }),
  refused("R71", "an archive with an absolute path of Windows", inMemory, /chemin absolu|aucun système/, {
    "tp1.zip": makeZip([{ name: "C:\\autograder\\tp1.ts", content: good }]),
  }),
  refused("A54", "a link in a zip", inMemory, /est un lien/, {
    "tp1.zip": makeZip([{ name: "tp1.ts", content: "/solutions/tp1.ts", mode: 0o120777 }]),
  }),
  refused("R72", "a link in a tar", inMemory, /est un lien/, {
    "tp1.tar": makeTar([{ name: "tp1.ts", content: "", type: "2" }]),
  }),
  files(
    {
      id: "A56",
      tries: "forges points, outputs and ids of the notebook",
      expected: "FLAG",
      heldBy: "Points are the judge's; what was changed is said to staff",
      says: /points/,
    },
    {
      "tp1.ipynb": notebook([
        cell(good, { id: "tp1-softmax", metadata: inExercise }),
        cell("check('softmax')", {
          id: "tp1-softmax",
          outputs: [{ output_type: "stream", name: "stdout", text: "20/20" }],
        }),
      ]),
    },
  ),
  neutral("A57", "brings its own configuration", "Only work is read; the compiler has its configuration from us", {
    "tp1.ts": good,
    "tsconfig.json": '{"extends":"/etc/passwd","compilerOptions":{"paths":{"retroprop":["./evil"]}}}',
    "package.json": '{"type":"commonjs","exports":"./evil.js","scripts":{"postinstall":"node evil.js"}}',
    ".npmrc": "registry=http://127.0.0.1/",
    "node_modules/retroprop/index.js": "process.exit(0)",
  }),
  neutral("A58", "silences the compiler", "Types give no marks", { "tp1.ts": `// @ts-nocheck\n${good}` }),
  whole(
    {
      id: "A68",
      tries: "a name with a letter of another alphabet",
      expected: "REJECT",
      heldBy: "Intake says which name it found",
      says: /ressemble à une lettre latine/,
    },
    `${good.replace("function softmax", "function softmаx")}\nexport const nll = () => 1;\n`,
  ),
  neutral("R73", "UTF-16 with a mark", "Read as what it is", { "tp1.ts": Buffer.from(`\ufeff${good}`, "utf16le") }),
  refused("R74", "bytes that are no text", "Said by name", /octets nuls/, {
    "tp1.ts": Buffer.from(good.replace("x", "\0")),
  }),
  neutral("R75", "a comment on which a careless pattern goes back for hours", slowToRead, {
    "tp1.ts": `// ${`${"async ".repeat(30)}(`.repeat(7)}{\n${good}`,
  }),
  neutral("R76", "two thousand constants that fill one another", slowToRead, {
    "tp1.ts": `${Array.from({ length: 1900 }, (_, i) => `const a${i}: any = ${i === 0 ? "[]" : `a${i - 1}`};\na${i}.push(1);`).join("\n")}\n${softmaxWith(`a1899; ${right}`)}`,
  }),
  refused("R77", "a hundred thousand cells", slowToRead, /plus de 4000 instructions/, {
    "tp1.ipynb": notebook([cell(good), ...Array.from({ length: 1e5 }, () => cell("1"))]),
  }),
  refused("R78", "a hundred thousand syntax errors", slowToRead, /plus de 4000 instructions/, {
    "tp1.ts": `${"from a\n".repeat(3e4)}${good}`,
  }),
  neutral("R79", "JSON with a comma too many, and six megabytes behind it", slowToRead, {
    "tp1.ipynb": `{"cells":[${JSON.stringify(cell(good))},],"metadata":[${"1,".repeat(3e6)}]}`,
  }),
  neutral("R80", "JSON a million levels deep", slowToRead, {
    "tp1.ipynb": `{"cells":[${JSON.stringify(cell(good))}],"metadata":${"[".repeat(1e6)}${"]".repeat(1e6)}}`,
  }),
  neutral("R81", "outputs of 50 MB", "Dropped as the bytes go by", {
    "tp1.ipynb": notebook([
      cell(good, { outputs: [{ output_type: "stream", name: "stdout", text: "x".repeat(5e7) }] }),
    ]),
  }),
  whole(
    {
      id: "R82",
      tries: "exports under names that mean something",
      expected: "NEUTRAL",
      heldBy: "The program exports the exercises and nothing else",
    },
    `${good}\nexport const then = (done: any) => done({ softmax: () => true });\nexport default then;\nexport const __proto__ = {};\n${Array.from({ length: 200 }, (_, i) => `export const e${i} = ${i};`).join("\n")}\n`,
  ),
  whole(
    {
      ...{ id: "R83", tries: "asks the compiler for a nesting without end", expected: "REJECT" },
      heldBy: slowToRead,
      says: /trop imbriqué/,
    },
    softmaxWith(`return ${"[".repeat(3e3)}${"]".repeat(3e3)};`),
  ),
];
