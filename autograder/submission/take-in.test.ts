import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { classOf, removeClasses } from "./fixtures/class-folder.js";
import { type Member, makeTar, makeTarGz, makeZip } from "./fixtures/make-archive.js";
import { expected } from "./fixtures/tp1-expected.js";
import { readHandIn } from "./read-submissions.js";
import type { Refusal, Submission } from "./submission.js";
import { takeIn } from "./take-in.js";

afterAll(removeClasses);

const softmax = "export function softmax(x) { return x; }\n";
const notebook = JSON.stringify({ cells: [{ cell_type: "code", source: softmax, metadata: {} }], nbformat: 4 });
const work: Member = { name: "tp1.ipynb", content: notebook };

describe("a class from Moodle", () => {
  it("is read by the folders it makes, whatever else is in them", async () => {
    const found = await takeClass({
      "Dupont Zoé_123_assignsubmission_file_/tp1.ipynb": notebook,
      "Dupont Zoé_123_assignsubmission_onlinetext_/onlinetext.html": "<p>voilà</p>",
      "Participant_77_assignsubmission_file_/rendu final.ipynb": notebook,
    });
    expect(found.map(({ student, handedInAs }) => [student, handedInAs])).toEqual([
      ["Dupont Zoé", "Dupont Zoé_123_assignsubmission_file_"],
      ["Participant 77", "Participant_77_assignsubmission_file_"],
    ]);
  });

  it("is read by its folders without their last underscore: files and online text are one hand-in", async () => {
    const found = await takeClass({
      "Dupont Zoé_123_assignsubmission_file/tp1.ipynb": notebook,
      "Dupont Zoé_123_assignsubmission_onlinetext/onlinetext.html": "<p>voilà</p>",
    });
    expect(found.map(({ student }) => student)).toEqual(["Dupont Zoé"]);
  });

  it("is read all in one folder: the files of one student are one hand-in", async () => {
    const found = await takeClass({
      "Le Gall Anne_55_assignsubmission_file_tp1.ts": softmax,
      "Le Gall Anne_55_assignsubmission_file_tp1.ipynb": notebook,
      "Roy Jean_56_assignsubmission_file_rendu.zip": makeZip([work]),
    });
    expect(found.map(({ student }) => student)).toEqual(["Le Gall Anne", "Roy Jean"]);
    expect(submission(found[0]).notices[0]).toMatch(/au même programme/);
  });

  it("tells two students of one name apart by their numbers", async () => {
    const found = await takeClass({
      "Martin Léa_1_assignsubmission_file_/tp1.ts": softmax,
      "Martin Léa_2_assignsubmission_file_/tp1.ts": softmax,
      [`${"Zoé".normalize("NFC")}.ts`]: softmax,
      [`${"Zoé".normalize("NFD")}.ipynb`]: notebook,
    });
    const names = found.map(({ student }) => student);
    expect(names.slice(0, 2)).toEqual(["Martin Léa (1)", "Martin Léa (2)"]);
    expect(names.slice(2).sort()).toEqual(["Zoé.ipynb", "Zoé.ts"]);
  });

  it("is read as the one zip that one downloads, each of its students apart", async () => {
    const zip = makeZip([
      { name: "Dupont Zoé_1_assignsubmission_file_/tp1.ipynb", content: notebook, isUtf8: true },
      { name: "Evil_2_assignsubmission_file_/../../run.ts", content: softmax },
      { name: "Link_3_assignsubmission_file_/tp1.ts", content: "/solutions/tp1.ts", mode: 0o120777 },
      { name: "Roy_4_assignsubmission_file_/rendu.zip", content: makeZip([work]) },
      { name: "Vide_5_assignsubmission_file_/rapport.pdf", content: "%PDF" },
    ]);
    const found = await takeArchive(zip);
    expect(found.map(({ student }) => student)).toEqual(["Dupont Zoé", "Evil", "Link", "Roy", "Vide"]);
    expect(found.map((one) => ("refused" in one ? one.refused : one.files[0]))).toEqual([
      "Dupont Zoé_1_assignsubmission_file_/tp1.ipynb",
      expect.stringMatching(/remonte hors de l'archive/),
      expect.stringMatching(/« Link_3_assignsubmission_file_\/tp1\.ts » est un lien/),
      "Roy_4_assignsubmission_file_/rendu.zip/tp1.ipynb",
      expect.stringMatching(/^ni notebook \(\.ipynb\) ni fichier \.ts, seulement .*rapport\.pdf/),
    ]);
  });
});

describe("a class from Gradescope", () => {
  it("takes the names from its list", async () => {
    const list = `---
submission_42:
  :submitters:
  - :name: Ana Li
    :sid: '1'
  - :name: "Andr\\xE9 d'A"
submission_43:
  :submitters:
  - :name: 'O''Neil'
`;
    const found = await takeClass({
      "submission_42/tp1.ipynb": notebook,
      "submission_43/tp1.ts": softmax,
      "submission_44/tp1.ts": softmax,
      "submission_metadata.yml": list,
    });
    expect(found.map(({ student }) => student)).toEqual(["Ana Li et André d'A", "O'Neil", "submission_44"]);
    const members = ["42", "44"].map((n) => ({ name: `assignment_9_export/submission_${n}/tp1.ts`, content: softmax }));
    const zip = makeZip([...members, { name: "assignment_9_export/submission_metadata.yml", content: list }]);
    expect((await takeArchive(zip)).map(({ student }) => student)).toEqual(["Ana Li et André d'A", "submission_44"]);
  });

  it("is named by the list that stands beside the submissions, not by one that a student hands in", async () => {
    const mine = "submission_1:\n  :submitters:\n  - :name: Mallory\n";
    const works = ["submission_1", "submission_2"].map((folder) => ({ name: `${folder}/tp1.ts`, content: softmax }));
    const zip = (content: string | Buffer) =>
      makeZip([...works, { name: "submission_2/submission_metadata.yml", content }]);
    for (const list of [mine, Buffer.alloc(17 * 2 ** 20, "a")]) {
      const found = await takeArchive(zip(list));
      expect(found.map(({ student }) => student)).toEqual(["submission_1", "submission_2"]);
    }
    const one = { name: "export/submission_1/tp1.ts", content: softmax };
    const beside = { name: "export/submission_metadata.yml", content: mine };
    expect((await takeArchive(makeZip([beside, one]))).map(({ student }) => student)).toEqual(["Mallory"]);
  });
});

describe("an archive", () => {
  it("is the folder it was made from: a class of zips, or one student's work", async () => {
    const zips = makeZip(["alice", "bob"].map((name) => ({ name: `tp1/${name}.zip`, content: makeZip([work]) })));
    expect((await takeArchive(zips)).map(({ student, files }) => [student, files])).toEqual([
      ["alice", ["alice.zip/tp1.ipynb"]],
      ["bob", ["bob.zip/tp1.ipynb"]],
    ]);
    const one = makeZip([
      { ...work, name: "tp1/notebooks/tp1.ipynb" },
      { name: "tp1/exercises/tp1.ts", content: "//" },
    ]);
    expect((await takeArchive(one, "alice.zip")).map(({ student }) => student)).toEqual(["alice"]);
  });

  it.each<[string, string, Buffer]>([
    ["a zip", "a.zip", makeZip([work])],
    ["a zip that stores", "a.zip", makeZip([{ ...work, method: 0 }])],
    ["a tar", "a.tar", makeTar([{ ...work, name: "./tp1/tp1.ipynb" }])],
    ["a tar.gz", "a.tar.gz", makeTarGz([work])],
    ["a tgz named zip", "a.zip", makeTarGz([work])],
    ["one compressed file", "tp1.ipynb.gz", gzipSync(notebook)],
    [
      "GNU's long name",
      "a.tar",
      makeTar([{ name: "././@LongLink", content: `${"d/".repeat(30)}${"n".repeat(200)}.ipynb\0`, type: "L" }, work]),
    ],
    [
      "POSIX's long name",
      "a.tar",
      makeTar([
        { name: "x", content: "21 path=été/tp1.ts\n", type: "x" },
        { ...work, content: softmax },
      ]),
    ],
    [
      "what macOS adds",
      "a.zip",
      makeZip([work, { name: "__MACOSX/._tp1.ipynb", content: "\0\0" }, { name: ".DS_Store" }]),
    ],
    [
      "node_modules and its links",
      "a.zip",
      makeZip([work, { name: "node_modules/.bin/x", mode: 0o120777 }, { name: "node_modules/a.ts" }]),
    ],
    ["backslashes", "a.zip", makeZip([{ ...work, name: "tp1\\tp1.ipynb" }])],
    ["a folder's own entry", "a.zip", makeZip([{ name: "./", mode: 0o40755 }, work])],
    ["a copy twice the same", "a.zip", makeZip([work, work])],
    [
      "a data set beside the work",
      "a.zip",
      makeZip([{ name: "train-images-idx3-ubyte", content: Buffer.alloc(9 * 2 ** 20, "x") }, work]),
    ],
    [
      "several data files beside the work",
      "a.tar",
      makeTar([...[1, 2, 3].map((n) => ({ name: `${n}.txt`, content: Buffer.alloc(7 * 2 ** 20, `${n}`) })), work]),
    ],
    ["an archive beside the work", "a.zip", makeZip([work, { name: "data.zip", content: makeZip([]) }])],
  ])("%s is read", async (_, name, bytes) => {
    const [one] = await takeClass({ [name]: bytes });
    expect(submission(one).exercises.has("tp1.softmax")).toBe(true);
  });

  it.each<[string, string, Buffer, RegExp]>([
    ["nothing but a way out", "a.zip", makeZip([{ ...work, name: "../tp1.ipynb" }]), /un chemin qui remonte hors/],
    ["a way out of a tar", "a.tar.gz", makeTarGz([{ ...work, name: "../x.ts" }]), /remonte hors de l'archive/],
    [
      "an absolute path",
      "a.zip",
      makeZip([{ ...work, name: "/etc/tp1.ipynb" }]),
      /« \/etc\/tp1\.ipynb » est un chemin absolu/,
    ],
    ["a drive", "a.zip", makeZip([{ ...work, name: "C:\\tp1.ipynb" }]), /est un chemin absolu/],
    [
      "a name with a zero",
      "a.zip",
      makeZip([{ ...work, name: "tp1.ts\0.ipynb" }]),
      /un nom qu'aucun système n'accepte/,
    ],
    [
      "too many folders",
      "a.zip",
      makeZip([{ ...work, name: `${"d/".repeat(40)}tp1.ipynb` }]),
      /trop de dossiers imbriqués/,
    ],
    [
      "a symbolic link",
      "a.zip",
      makeZip([work, { name: "tp1.ts", content: "/solutions/tp1.ts", mode: 0o120777 }]),
      /« tp1\.ts » est un lien/,
    ],
    ["a link to a folder", "a.tar", makeTar([work, { name: "d", type: "2" }]), /« d » est un lien/],
    ["a hard link", "a.tar", makeTar([work, { name: "tp1.ts", type: "1" }]), /« tp1\.ts » est un lien/],
    ["a device", "a.tar", makeTar([work, { name: "tp1.ts", type: "3" }]), /n'est pas un fichier ordinaire/],
    ["a password", "a.zip", makeZip([{ ...work, isEncrypted: true }]), /protégée par un mot de passe/],
    ["a rare method", "a.zip", makeZip([{ ...work, method: 14 }]), /comprimée d'une façon peu courante/],
    [
      "an archive in the archive",
      "a.zip",
      makeZip([{ name: "rendu.zip", content: makeZip([work]) }]),
      /contient elle-même une archive \(« rendu\.zip »\)/,
    ],
    [
      "two files of one name",
      "a.zip",
      makeZip([work, { ...work, content: `${notebook} ` }]),
      /deux fichiers différents du même nom, « tp1\.ipynb »/,
    ],
    ["nothing", "a.zip", makeZip([]), /ne contient ni notebook/],
    ["a report only", "a.zip", makeZip([{ name: "rapport.pdf" }]), /« a\.zip » ne contient ni notebook/],
    ["another kind", "a.rar", Buffer.from("Rar!"), /« a\.rar » n'est pas une archive que nous lisons/],
    ["text under its name", "a.zip", Buffer.from("bonjour"), /n'est pas une archive que nous lisons/],
    ["no byte", "a.zip", Buffer.alloc(0), /^le fichier est vide/],
    ["a cut zip", "a.zip", makeZip([work]).subarray(0, 100), /endommagée ou incomplète/],
    ["a cut tar.gz", "a.tgz", makeTarGz([work]).subarray(0, 100), /endommagée ou incomplète/],
    ["a cut tar", "a.tar", makeTar([work]).subarray(0, 600), /endommagée ou incomplète/],
  ])("with %s is refused, with the reason", async (_, name, bytes, reason) => {
    const [one] = await takeClass({ [name]: bytes });
    expect((one as Refusal).refused).toMatch(reason);
    expect(await takeArchive(bytes, "classe.zip")).not.toHaveLength(0);
  });

  it.each<[string, string, Buffer, RegExp]>([
    [
      "a way out",
      "a.zip",
      makeZip([{ name: "../../autograder/run.ts", content: softmax }, work]),
      /^« \.\.\/\.\.\/autograder\/run\.ts » est un chemin qui remonte hors de l'archive : ce fichier .* n'est pas lu/,
    ],
    ["a way out, by Windows", "a.zip", makeZip([work, { name: "..\\run.ts" }]), /remonte hors de l'archive/],
    ["a way out of a tar", "a.tar.gz", makeTarGz([{ name: "../x.ts", content: "x" }, work]), /« \.\.\/x\.ts » est un/],
    ["an absolute path", "a.tar", makeTar([{ name: "/tmp/tp1.ts", content: softmax }, work]), /est un chemin absolu/],
    ["a name of zeros", "a.zip", makeZip([work, { name: "tp1.ts\0.ipynb" }]), /un nom qu'aucun système n'accepte/],
  ])("with %s beside the work is read without that file, which is said", async (_, name, bytes, notice) => {
    const [one] = await takeClass({ [name]: bytes });
    expect(submission(one).files).toEqual([`${name}/tp1.ipynb`]);
    expect(submission(one).notices[0]).toMatch(notice);
  });

  it("of a class costs a student only the file whose path leads out", async () => {
    const [alice] = await takeArchive(
      makeZip([
        { ...work, name: "alice/tp1.ipynb" },
        { name: "alice/../../run.ts", content: softmax },
        { ...work, name: "bob/tp1.ipynb" },
      ]),
    );
    expect(submission(alice)).toMatchObject({ student: "alice", files: ["alice/tp1.ipynb"] });
    expect(submission(alice).notices[0]).toMatch(/« alice\/\.\.\/\.\.\/run\.ts » .* remonte hors de l'archive/);
  });

  it("of a class where somebody handed in a link alone leaves each his own", async () => {
    const link = { name: "mallory/tp1.ipynb", content: "../alice/tp1.ipynb", mode: 0o120777 };
    const [alice, mallory] = await takeArchive(makeZip([{ ...work, name: "alice/tp1.ipynb" }, link]));
    expect(submission(alice)).toMatchObject({ student: "alice", files: ["alice/tp1.ipynb"] });
    expect(mallory).toMatchObject({ student: "mallory", refused: expect.stringMatching(/tp1\.ipynb » est un lien/) });
  });

  it("with thousands of paths that lead out says so of the first few", async () => {
    const out = Array.from({ length: 2000 }, (_, i) => ({ name: `../${i}.ts` }));
    const [one] = await takeClass({ "a.zip": makeZip([...out, work]) });
    expect(submission(one).notices.filter((notice) => /remonte hors/.test(notice))).toHaveLength(3);
  });

  it("that unpacks to a thousand times its size is given up before it is unpacked", async () => {
    const zeros = Buffer.alloc(2 ** 27);
    const folder = classOf({
      "a.zip": makeZip([{ name: "a.ts", content: Buffer.alloc(2 ** 24) }]),
      "b.gz": gzipSync(zeros),
      "c.tgz": makeTarGz([{ name: "rapport.pdf", content: zeros }, work]),
      "d.zip": makeZip(
        Array.from({ length: 40 }, (_, i) => ({ name: `${i}.ts`, content: Buffer.alloc(2 ** 19, " ") })),
      ),
    });
    const found = await take(folder);
    expect(found.map((one) => (one as Refusal).refused)).toEqual([
      "le fichier pèse plus de 8 Mo : effacez les sorties du notebook, puis rendez-le de nouveau.",
      expect.stringMatching(/plus de 8 Mo/),
      expect.stringMatching(/se déplie en bien plus de données qu'un TP/),
      expect.stringMatching(/plus de 16 Mo de code/),
    ]);
  });

  it("of a class that holds a bomb costs the student whose it is, wherever it stands", async () => {
    const bomb = { name: "mallory/tp1.ipynb", content: Buffer.alloc(2 ** 27, " ") };
    const honest = { ...work, name: "zoe/tp1.ipynb" };
    for (const members of [
      [bomb, honest],
      [honest, bomb],
    ]) {
      const [mallory, zoe] = await takeArchive(makeZip(members));
      expect(mallory).toMatchObject({ student: "mallory", refused: expect.any(String) });
      expect(submission(zoe).student).toBe("zoe");
    }
  });

  it("holds no more of one student's work than others may hand in, in however many archives", async () => {
    const works = (name: string) =>
      makeZip([0, 1].map((i) => ({ name: `${name}${i}.ts`, content: Buffer.alloc(5 * 2 ** 20, name) })));
    const [mallory, zoe] = await takeArchive(
      makeZip([
        { name: "mallory/a.zip", content: works("a") },
        { name: "mallory/b.zip", content: works("b") },
        { ...work, name: "zoe/tp1.ipynb" },
      ]),
    );
    expect(mallory).toMatchObject({ refused: expect.stringMatching(/plus de 16 Mo de code/) });
    expect(submission(zoe).student).toBe("zoe");
  });

  it("is opened when it is likely the work, however many stand before it, and the others are named", async () => {
    const zips = ["a", "b", "c", "d"].map((name) => ({ name: `alice/${name}.zip`, content: makeZip([]) }));
    const members = [...zips, { name: "alice/tp1.zip", content: makeZip([work]) }];
    const folder = await takeClass(Object.fromEntries(members.map(({ name, content }) => [name, content])));
    const download = await takeArchive(makeZip([...members, { name: "bob/tp1.ts", content: softmax }]));
    for (const [alice] of [folder, download]) {
      expect(submission(alice).files).toEqual(["alice/tp1.zip/tp1.ipynb"]);
      expect(submission(alice).notices.join()).toMatch(/archive non ouverte.* : alice\/c\.zip, alice\/d\.zip\./);
    }
  });

  it("that is not opened for there being too many is named where nothing else is work", async () => {
    const zips = Array.from({ length: 30 }, (_, i) => [`alice/${10 + i}.zip`, makeZip([])] as const);
    const [alice] = await takeClass(Object.fromEntries(zips));
    expect((alice as Refusal).files[0]).toBe("alice/13.zip");
  });

  it("is damaged where a checksum is wrong, and says which file", async () => {
    const zip = makeZip([{ name: "tp1.ts", content: softmax, method: 0 }]);
    zip[zip.indexOf("return x")] = "R".charCodeAt(0);
    expect(await takeClass({ "alice.zip": zip })).toMatchObject([
      { student: "alice", refused: expect.stringMatching(/« tp1.ts » est abîmé/) },
    ]);
  });

  it("has its names in UTF-8, said or not, or in the code page of Windows", async () => {
    const named = (name: string | Buffer, isUtf8: boolean) => ({ name, isUtf8, content: softmax });
    const zip = makeZip([
      named("Zoé.ts", true),
      named(Buffer.from("Noël.ts".normalize("NFD")), false),
      named(Buffer.from([0x82, 0x76, 0x65, 0x2e, 0x74, 0x73]), false),
    ]);
    expect((await takeArchive(zip)).map(({ student }) => student).sort()).toEqual(["Noël", "Zoé", "éve"]);
  });
});

type Taken = Submission | Refusal;

const takeClass = (files: Readonly<Record<string, string | Buffer>>): Promise<Taken[]> => take(classOf(files));

const takeArchive = (bytes: Buffer, name = "classe.zip"): Promise<Taken[]> =>
  take(join(classOf({ [name]: bytes }), name));

async function take(path: string): Promise<Taken[]> {
  const found = await takeIn([path]);
  return found.map((one) => ("refused" in one ? one : readHandIn(one, expected)));
}

function submission(one: Taken | undefined): Submission {
  expect(one).toHaveProperty("program");
  return one as Submission;
}
