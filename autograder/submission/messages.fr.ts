// Every French sentence that intake says to a student or to the staff. Facts first, then what to do.

/** How an exercise that was not written yet begins its error: what the build puts in a stub. */
export const unfinished = "À compléter";
/** What an answer cell holds before it is answered. */
export const emptyAnswer = "*Votre réponse ici.*";

export const cellPlace = (position: number): string => `cellule ${position}`;
export const joinedPlace = (places: readonly string[]): string => places.join(" + ");
export const placeAndLine = (place: string, line: number): string => `${place}, ligne ${line}`;

export const emptyFolder = "le dossier est vide : il y faut un notebook (.ipynb) ou un fichier .ts.";
export const onlyHidden =
  "le dossier n'a qu'une copie automatique (.ipynb_checkpoints) ou un fichier resté dans le nuage (.icloud) : il y faut le notebook lui-même (.ipynb) ou un fichier .ts.";
export const tooDeepFolder = (folders: number): string =>
  `le dossier en contient d'autres, imbriqués à plus de ${folders} niveaux, qui ne sont pas lus : mettez-y le notebook directement.`;
export const nothingUsable = (names: readonly string[]): string =>
  `ni notebook (.ipynb) ni fichier .ts, seulement ${listed(names)} : rendez le notebook du TP.`;
export const emptyFile = "le fichier est vide : rendez-le de nouveau après l'avoir enregistré.";
export const unreadable = (reason: string): string => `le fichier ne peut pas être lu (${reason}).`;
export const symbolicLink = "c'est un lien symbolique, il n'est pas suivi : rendez le fichier lui-même.";
export const neitherKind = (name: string): string =>
  `« ${shown(name)} » n'est ni un notebook (.ipynb) ni un fichier TypeScript (.ts).`;
export const tooBig = (limitMb: number): string =>
  `le fichier pèse plus de ${limitMb} Mo : effacez les sorties du notebook, puis rendez-le de nouveau.`;
export const tooMuchText = (limitMb: number): string =>
  `sans ses sorties, le notebook pèse encore plus de ${limitMb} Mo : ôtez-en les données et les images collées.`;
export const tooMuchCode = (limitKb: number): string =>
  `il y a plus de ${limitKb} Ko de code : ne rendez que le code du TP, sans données.`;
export const longEnum = (limit: number): string =>
  `un \`enum\` a des textes de plus de ${limit} caractères : mettez-les dans des constantes.`;
export const tooManyStatements = (limit: number): string =>
  `il y a plus de ${limit} instructions hors des fonctions : ne rendez que le code du TP.`;
export const tooDeep = "le programme est trop imbriqué pour être lu.";
export const tooSlow =
  "le fichier demande trop de temps à lire : simplifiez ce qui y est imbriqué, ou ôtez ce qui n'est pas du TP.";
export const binary = "ce n'est pas du texte (des octets nuls) : enregistrez le fichier en UTF-8.";
export const onlyNulls =
  "le fichier n'est fait que d'octets nuls, son contenu est perdu : reprenez une copie, puis rendez-la de nouveau.";
export const webPage =
  "c'est une page web et non le fichier lui-même : téléchargez le fichier (« Télécharger », « Raw »), puis rendez-le.";
export const pdf = "c'est un PDF : rendez le notebook lui-même (.ipynb) ou le fichier .ts.";
export const richText =
  "c'est un document RTF, que TextEdit ou Word enregistre sous ce nom : enregistrez en texte brut, puis rendez le fichier.";
export const gitLfs =
  "ce n'est que l'adresse que git LFS met à la place d'un fichier : faites `git lfs pull`, puis rendez le fichier lui-même.";
export const onlyAddress =
  "ce n'est qu'une adresse : téléchargez le notebook (« Fichier », « Télécharger », « .ipynb »), puis rendez-le.";
export const archiveInDisguise =
  "c'est une archive compressée sous un autre nom : rendez-la en .zip, ou rendez le fichier qu'elle contient.";
export const python = "c'est du Python : le TP se rend en TypeScript, dans le notebook ou dans un fichier .ts.";

export const misnamedNotebook = (name: string): string =>
  `« ${shown(name)} » est un notebook, il a été lu comme tel : son nom devrait finir par .ipynb.`;
export const misnamedCode = (name: string): string =>
  `« ${shown(name)} » a été lu comme du TypeScript : son nom devrait finir par .ts.`;

export const whichFile = (name: string, reason: string): string => `« ${shown(name)} » : ${reason}`;
export const severalFiles = (names: readonly string[]): string =>
  `plusieurs fichiers (${listed(names)}) aussi avancés, dont le code diffère : gardez celui qui doit être noté, ôtez les autres.`;
export const partsInFiles = (names: readonly string[]): string =>
  `plusieurs fichiers (${listed(names)}) qui ont chacun une partie du travail : un seul est noté, rassemblez tout dans un fichier.`;
export const choseAmong = (chosen: string, names: readonly string[]): string =>
  `plusieurs fichiers (${listed(names)}) : c'est « ${shown(chosen)} », le plus avancé, qui est noté.`;
export const choseNotebook = (chosen: string, names: readonly string[]): string =>
  `plusieurs fichiers aussi avancés (${listed(names)}) : c'est le notebook, « ${shown(chosen)} », qui est noté.`;
export const sameFiles = (chosen: string, names: readonly string[]): string =>
  `plusieurs fichiers au même programme (${listed(names)}) : c'est « ${shown(chosen)} » qui est noté.`;
export const unreadBeside = (names: readonly string[], exercises: readonly string[]): string =>
  `${listed(names)} : non lu, un seul fichier est noté, mais on y trouve aussi ${listed(exercises)} : rassemblez tout dans un fichier.`;
export const answersFrom = (name: string): string =>
  `des réponses en mots ont été prises dans « ${shown(name)} », l'autre fichier ne les a pas.`;

export const answersCommented = (questions: readonly string[]): string =>
  `réponses en mots lues dans les commentaires du code : ${listed(questions)}.`;
export const documentsBeside = (names: readonly string[]): string =>
  `${listed(names)} : non lu ; les réponses en mots se lisent dans le notebook, dans un texte (.md, .txt) ou en commentaire du code.`;

/** Another answer than in the file that is marked. */
export const otherAnswers = (name: string): string =>
  `« ${shown(name)} » répond autrement à des questions en mots : ses réponses ne sont pas lues.`;

export const readAsUtf16 = "le fichier était en UTF-16, il a été lu quand même : enregistrez-le en UTF-8.";
export const readAsLatin1 = "le fichier n'était pas en UTF-8, il a été lu comme du latin-1 : vérifiez vos accents.";
export const withoutPadding =
  "le fichier finissait par des octets nuls, ils ont été ôtés : vérifiez qu'il est complet.";
export const conflict = (line: number): string =>
  `git y a laissé deux versions du code (marques <<<<<<< et >>>>>>>, à partir de la ligne ${line}) : gardez-en une, ôtez les marques.`;
export const conflictInCell = (place: string, line: number): string =>
  `${place} : git y a laissé deux versions du code (marques <<<<<<< et >>>>>>>, à partir de la ligne ${line}) ; c'est la première qui est lue : gardez-en une, ôtez les marques.`;
export const conflictWithStub = (place: string, line: number): string =>
  `${place} : git y a laissé deux versions du code (marques <<<<<<< et >>>>>>>, à partir de la ligne ${line}), dont la première reste à compléter ; c'est la seconde qui est lue : ôtez l'autre et les marques.`;
export const sameInBoth =
  "git y avait laissé deux versions (marques <<<<<<< et >>>>>>>) au même code : il a été lu ; ôtez ces marques.";

export const archiveClosed = (name: string): string =>
  `l'archive « ${shown(name)} » n'est pas ouverte ici : décompressez-la, et donnez le notebook ou le fichier .ts.`;
export const archiveBeside = (names: readonly string[]): string =>
  `archive non ouverte, puisqu'il y a d'autres fichiers : ${listed(names)}.`;
export const foreignArchive = (name: string): string =>
  `« ${shown(name)} » n'est pas une archive que nous lisons : rendez un .zip, ou le notebook seul.`;
export const nestedArchive = (name: string): string =>
  `l'archive contient elle-même une archive (« ${shown(name)} ») : rendez un seul .zip, ou le notebook seul.`;
export const emptyArchive = (name: string): string =>
  `l'archive « ${shown(name)} » ne contient ni notebook (.ipynb) ni fichier .ts.`;
export const damagedInArchive = (name: string): string =>
  `« ${shown(name)} » est abîmé dans l'archive (sa somme de contrôle est fausse) : refaites l'archive.`;
export const damagedArchive = "l'archive est endommagée ou incomplète : refaites-la, ou rendez le notebook seul.";
export const encrypted = "l'archive est protégée par un mot de passe : refaites-la sans, ou rendez le notebook seul.";
export const unknownMethod =
  "l'archive est comprimée d'une façon peu courante : refaites un .zip ordinaire, ou rendez le notebook seul.";
export const bomb = "l'archive se déplie en bien plus de données qu'un TP : ne rendez que le notebook.";
export const bigArchive = (limitMb: number): string =>
  `l'archive pèse plus de ${limitMb} Mo : ne rendez que le notebook, ses sorties effacées.`;
export const bigClass = (limitMb: number): string =>
  `l'archive contient plus de ${limitMb} Mo de code et de texte : décompressez-la, et donnez le dossier.`;
export const tooManyEntries = (limit: number): string => `l'archive contient plus de ${limit} fichiers.`;
export const tooMuchWork = (limitMb: number): string =>
  `l'archive contient plus de ${limitMb} Mo de code : ne rendez que le notebook ou le fichier .ts du TP.`;
export const twiceInArchive = (name: string): string =>
  `l'archive contient deux fichiers différents du même nom, « ${shown(name)} » : n'en gardez qu'un.`;
export const absoluteName = (name: string): string => badName(name, "un chemin absolu");
export const climbingName = (name: string): string => badName(name, "un chemin qui remonte hors de l'archive");
export const oddName = (name: string): string => badName(name, "un nom qu'aucun système n'accepte");
export const tooNested = (name: string): string => badName(name, "un nom trop long ou trop de dossiers imbriqués");
const badName = (name: string, what: string): string =>
  `« ${shown(name)} » est ${what} : ce fichier de l'archive n'est pas lu. Refaites-la depuis le dossier du TP.`;
export const linkInArchive = (name: string): string =>
  `l'archive est refusée : « ${shown(name)} » est un lien, il n'est pas suivi. Mettez-y le fichier lui-même.`;
export const deviceInArchive = (name: string): string =>
  `l'archive est refusée : « ${shown(name)} » n'est pas un fichier ordinaire. Refaites-la avec le notebook seul.`;

export const notJson = "ce n'est pas un notebook : son contenu n'est pas du JSON. Exportez-le de nouveau en .ipynb.";
export const truncated =
  "le notebook est tronqué : son JSON s'arrête avant la fin. Enregistrez-le, rendez-le de nouveau.";
export const notNotebook = "ce n'est pas un notebook : il n'a pas de liste de cellules.";
export const oldFormat =
  "le notebook est à un ancien format (3 ou avant), il a été lu : ouvrez-le dans Jupyter et enregistrez-le.";
export const bareCells = "le fichier n'est qu'une liste de cellules, elles ont été lues : rendez le notebook lui-même.";
export const mendedJson = "le JSON du notebook avait une virgule ou un commentaire de trop, il a été lu quand même.";
export const printedTwice = "le notebook était enregistré comme un texte JSON dans du JSON, il a été lu quand même.";
export const cutBelowCells = "la fin du notebook est abîmée, mais toutes ses cellules sont là : elles ont été lues.";
export const cutButWhole = (cells: number): string =>
  `le notebook est tronqué après la cellule ${cells} ; tous les exercices étaient avant, ils ont été lus ; des réponses en mots sont peut-être perdues.`;
export const cutWithout = (cells: number, missing: number): string =>
  `le notebook est tronqué après la cellule ${cells}, il y manque ${missing} exercice(s) : enregistrez-le, rendez-le de nouveau.`;
export const otherTp = (found: string, asked: string): string =>
  `c'est un notebook du ${found.toUpperCase()}, on attend celui du ${asked.toUpperCase()} : rendez ${asked}.ipynb.`;
export const noCells = "le notebook n'a aucune cellule de code.";
export const readAsCode = (place: string): string => `${place} : cellule d'exercice de type texte, lue comme du code.`;
export const readAsText = (place: string): string =>
  `${place} : réponse en mots dans une cellule de code, lue comme du texte.`;
export const testCellChanged = (place: string): string =>
  `${place} : cellule de vérification modifiée, sans effet sur la note.`;
export const pointsChanged = (place: string): string =>
  `${place} : points de l'exercice modifiés dans les métadonnées, sans effet sur la note ; l'enseignant le lira.`;
export const hidesCode = (name: string, where: string): string =>
  `\`${shown(name)}\` est employé (${where}) : le TP n'en a pas besoin, l'enseignant le lira.`;
export const unknownExercise = (place: string, id: string): string =>
  `${place} : l'exercice « ${shown(id)} » n'est pas de cette édition du TP, ses fonctions sont lues par leur nom.`;
export const joinedCells = (places: readonly string[]): string =>
  `${places.join(" et ")} : une déclaration y était coupée, elles ont été lues comme une seule.`;
export const answersElsewhere = (questions: readonly string[]): string =>
  `réponses prises à côté de leur cellule, restée vide : ${listed(questions)}. Vérifiez qu'elles sont entières.`;
export const answersJoined = (questions: readonly string[]): string =>
  `réponses écrites en plusieurs cellules, lues à la suite : ${listed(questions)}.`;
export const answersUnderTitles = (questions: readonly string[]): string =>
  `réponses reconnues par le titre de leur question, leurs cellules n'étant plus marquées : ${listed(questions)}.`;

export const syntaxError = (where: string, line: string, detail: string): string =>
  `erreur de syntaxe, ${where}, près de « ${shown(line)} » (TypeScript dit : ${detail}) ; cette partie n'est pas lue.`;

export const refusedByEngine = (where: string, detail: string): string =>
  `erreur de syntaxe dans la déclaration qui commence ${where} (Node dit : ${shown(detail)}).`;

export const definedSeveralTimes = (name: string, places: readonly string[], chosen: string): string =>
  `\`${name}\` est défini ${places.length} fois (${places.slice(0, 5).join(" ; ")}${places.length > 5 ? " ; …" : ""}) ; définition notée : ${chosen}.`;
export const ranLater = (name: string, where: string): string =>
  `\`${name}\` : c'est la définition de ${where} qui a été exécutée en dernier ; l'ordre du notebook compte, pas celui des exécutions.`;
export const movedUp = (name: string, where: string): string =>
  `\`${name}\` (${where}) est utilisé plus haut que sa définition, lue quand même : essayez « Tout réexécuter ».`;

export const notFound = (name: string): string => `\`${name}\` introuvable.`;
export const heldInside = (name: string, where: string): string =>
  `\`${name}\` introuvable ; une déclaration de ce nom est enfermée dans une classe, un bloc ou une fonction (${where}) : sortez-la, comme fonction.`;
export const nearMiss = (name: string, found: string, where: string): string =>
  `\`${name}\` introuvable ; \`${found}\` trouvé ${where} : renommez-le.`;
export const pythonName = (name: string, found: string, where: string): string =>
  `\`${name}\` introuvable ; \`${found}\` trouvé ${where} : c'est le nom Python, ici la fonction s'appelle \`${name}\`.`;
export const foreignLetters = (name: string, found: string, where: string): string =>
  `\`${name}\` introuvable ; \`${found}\` trouvé ${where} : un de ses caractères ressemble à une lettre latine sans en être une, retapez le nom.`;

export const needs = (name: string, reason: string): string => `\`${name}\` ne peut pas être noté tel quel : ${reason}`;
export const syntaxErrorIn = (where: string): string => `sa déclaration (${where}) a une erreur de syntaxe.`;
export const forbiddenImport = (module: string): string =>
  `import non autorisé : ${shown(module)} (seul "retroprop" peut être importé).`;
export const relativeImport = (module: string): string =>
  `import non autorisé : ${shown(module)} (tout le code doit tenir dans le fichier rendu).`;
export const answerImport = (name: string): string =>
  `\`${name}\` est importé de "retroprop", mais c'est à vous de l'écrire : la bibliothèque du TP ne le contient pas.`;
export const importedOnly = (name: string): string =>
  `\`${name}\` est importé de "retroprop", mais c'est votre propre \`${name}\` qui est demandé : déclarez-le.`;
export const givenLost = (name: string): string =>
  `\`${name}\`, donné avec le TP, est introuvable : remettez sa déclaration telle qu'elle était.`;
export const givenTaken = (names: readonly string[]): string =>
  `${listed(names)} : donné avec le TP et introuvable, pris dans le cours pour noter : remettez sa déclaration.`;
export const nowhereDefined = (name: string, where: string): string =>
  `\`${name}\` n'est défini nulle part (${where}) : s'il était donné avec le TP, remettez sa déclaration.`;
export const importLost = (names: readonly string[]): string =>
  `l'import de ${listed(names)} manque, il a été ajouté pour noter : remettez \`import { … } from "retroprop"\`.`;
export const readsData = (name: string): string =>
  `lit le jeu de données \`${shown(name)}()\`, chargé hors des fonctions : une fonction ne doit lire que ses arguments.`;
export const hidesLibrary = (name: string, where: string): string =>
  `\`${shown(name)}\` (${where}) prend la place de celui de "retroprop" à partir de là : donnez-lui un autre nom.`;
export const unknownImport = (name: string): string => `\`${name}\` n'existe pas dans "retroprop".`;

/** Why an answer of the solution cannot stand in the place of the student's: for staff. */
export const declaredTogether = (name: string, where: string): string =>
  `\`${shown(name)}\` (${where}) est déclaré avec d'autres noms dans une seule instruction : elle ne peut pas être remplacée.`;
export const exportedAs = (name: string, local: string): string =>
  `\`${shown(name)}\` est exporté d'un autre nom, \`${shown(local)}\`, dont le reste du programme se sert : il ne peut pas être remplacé.`;

export const noExercise = "aucun exercice du TP n'a été trouvé.";
/** A name of the student's as part of a sentence: short, and nothing in it that would turn, hide or break the line. */
export const shown = (name: string): string => {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "�");
  return plain.length > 80 ? `…${plain.slice(-79)}` : plain;
};

const listed = (names: readonly string[]): string => {
  const more = names.length > 5 ? `, et ${names.length - 5} de plus` : "";
  return names.slice(0, 5).map(shown).join(", ") + more;
};

export const ourFault = (error: string): string =>
  `la lecture a échoué par notre faute, prévenez l'enseignant : ${error.split("\n")[0]?.slice(0, 200)}.`;
