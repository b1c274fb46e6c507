// Every French sentence that intake says to a student or to the staff. Facts first, then what to do.

/** How an exercise that was not written yet begins its error: what the build puts in a stub. */
export const unfinished = "À compléter";
/** What an answer cell holds before it is answered. */
export const emptyAnswer = "*Votre réponse ici.*";

export const cellPlace = (position: number): string => `cellule ${position}`;
export const placeAndLine = (place: string, line: number): string => `${place}, ligne ${line}`;

export const emptyFolder = "le dossier est vide : il y faut un notebook (.ipynb) ou un fichier .ts.";
export const emptyFile = "le fichier est vide : rendez-le de nouveau après l'avoir enregistré.";
export const unreadable = (reason: string): string => `le fichier ne peut pas être lu (${reason}).`;
export const symbolicLink = "c'est un lien symbolique, il n'est pas suivi : rendez le fichier lui-même.";
export const neitherKind = (name: string): string =>
  `« ${name} » n'est ni un notebook (.ipynb) ni un fichier TypeScript (.ts).`;
export const tooBig = (megabytes: number, limit: number): string =>
  `le fichier pèse ${megabytes} Mo (au plus ${limit}) : effacez les sorties du notebook, puis rendez-le de nouveau.`;
export const tooMuchCode = (limit: number): string =>
  `il y a plus de ${limit} Mo de code : ne rendez que le code du TP, sans données.`;
export const tooDeep = "le programme est trop imbriqué pour être lu.";
export const binary = "ce n'est pas du texte (des octets nuls) : enregistrez le fichier en UTF-8.";

export const severalFiles = (names: readonly string[]): string =>
  `plusieurs fichiers (${names.join(", ")}) et aucun n'est le plus avancé : n'en gardez qu'un.`;
export const choseAmong = (chosen: string, names: readonly string[]): string =>
  `plusieurs fichiers (${names.join(", ")}) : c'est « ${chosen} », le plus avancé, qui est noté.`;

export const readAsUtf16 = "le fichier était en UTF-16, il a été lu quand même : enregistrez-le en UTF-8.";
export const readAsLatin1 = "le fichier n'était pas en UTF-8, il a été lu comme du latin-1 : vérifiez vos accents.";

export const notJson = "ce n'est pas un notebook : son contenu n'est pas du JSON. Exportez-le de nouveau en .ipynb.";
export const truncated =
  "le notebook est tronqué : son JSON s'arrête avant la fin. Enregistrez-le, rendez-le de nouveau.";
export const notNotebook = "ce n'est pas un notebook : il n'a pas de liste de cellules.";
export const oldNotebook = (format: number): string =>
  `le notebook est au format ${format}, il faut le format 4 : ouvrez-le dans Jupyter et enregistrez-le.`;
export const noCells = "le notebook n'a aucune cellule de code.";
export const readAsCode = (place: string): string => `${place} : cellule d'exercice de type texte, lue comme du code.`;

export const syntaxError = (where: string, line: string, detail: string): string =>
  `erreur de syntaxe, ${where}, près de « ${line} » (TypeScript dit : ${detail}) ; cette partie n'est pas lue.`;

export const definedSeveralTimes = (name: string, places: readonly string[], chosen: string): string =>
  `\`${name}\` est défini ${places.length} fois (${places.join(" ; ")}) ; définition notée : ${chosen}.`;

export const notFound = (name: string): string => `\`${name}\` introuvable.`;
export const nearMiss = (name: string, found: string, where: string): string =>
  `\`${name}\` introuvable ; \`${found}\` trouvé ${where} : renommez-le.`;
export const pythonName = (name: string, found: string, where: string): string =>
  `\`${name}\` introuvable ; \`${found}\` trouvé ${where} : c'est le nom Python, ici la fonction s'appelle \`${name}\`.`;
export const foreignLetters = (name: string, found: string, where: string): string =>
  `\`${name}\` introuvable ; \`${found}\` trouvé ${where} : un de ses caractères ressemble à une lettre latine sans en être une, retapez le nom.`;

export const needs = (name: string, reason: string): string => `\`${name}\` ne peut pas être noté : ${reason}`;
export const forbiddenImport = (module: string): string =>
  `import non autorisé : ${module} (seul "retroprop" peut être importé).`;
export const relativeImport = (module: string): string =>
  `import non autorisé : ${module} (tout le code doit tenir dans le fichier rendu).`;
export const answerImport = (name: string): string =>
  `\`${name}\` est importé de "retroprop", mais c'est à vous de l'écrire : la bibliothèque du TP ne le contient pas.`;
export const importedOnly = (name: string): string =>
  `\`${name}\` est importé de "retroprop", mais c'est votre propre \`${name}\` qui est demandé : déclarez-le.`;
export const givenLost = (name: string): string =>
  `\`${name}\`, donné avec le TP, est introuvable : remettez sa déclaration telle qu'elle était.`;
export const nowhereDefined = (name: string, where: string): string =>
  `\`${name}\` n'est défini nulle part (${where}) : s'il était donné avec le TP, remettez sa déclaration.`;
export const unknownImport = (name: string): string => `\`${name}\` n'existe pas dans "retroprop".`;

export const noExercise = "aucun exercice du TP n'a été trouvé.";
export const ourFault = (error: string): string =>
  `la lecture a échoué par notre faute, prévenez l'enseignant : ${error.split("\n")[0]?.slice(0, 200)}.`;
