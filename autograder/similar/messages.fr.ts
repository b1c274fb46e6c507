// The French of the pages on similar submissions, which only staff read.
import { frenchNumber } from "../report/messages.fr.js";
import type { Level } from "./compare.js";
import { guaranteed } from "./winnow.js";

export const title = (tp: string): string => `${tp.toUpperCase()} : rendus qui se ressemblent`;
export const pairTitle = (number: number): string => `Paire ${number}`;

export const cautionHeading = "Une ressemblance n'est pas une faute";
export const caution: readonly string[] = [
  "Aucune note n'en dépend, et cette page n'accuse personne : elle dit où regarder.",
  "Lisez les deux codes, en entier. Un passage court est souvent le même chez qui a compris la même formule ; un passage long, une même erreur rare, un même détour disent davantage.",
  "Cherchez les raisons ordinaires : binôme non déclaré, aide d'un même enseignant, exemple du cours, page publique, code généré.",
  "Parlez ensuite aux deux personnes, chacune à part : qui a écrit un code sait l'expliquer, et celui qu'on a copié n'a souvent rien fait.",
];

const several = (count: number, one: string, more: string): string => `${count} ${count < 2 ? one : more}`;

export const summary = (works: number, earlier: number, pairs: number): string =>
  [
    several(works, "rendu comparé", "rendus comparés"),
    ...(earlier === 0 ? [] : [several(earlier, "rendu d'une autre année", "rendus d'autres années")]),
    several(pairs, "paire qui a des passages en commun", "paires qui ont des passages en commun"),
  ].join(", ");

export const levelWord: Readonly<Record<Level, string>> = {
  strong: "à lire d'abord",
  some: "à lire",
  weak: "faible",
};

export const clustersHeading = "Groupes";
export const clusterName = (number: number, size: number): string => `Groupe ${number} : ${size} rendus`;
export const noCluster = "Aucun : il n'y a pas de paire à lire d'abord.";
export const linkText = (a: string, b: string, share: number): string => `${a} et ${b} : ${percent(share)}`;
export const notDrawn = (size: number): string => `${size} rendus : trop pour une figure, voir les paires.`;

export const pairsHeading = "Paires";
export const pairColumns = {
  pair: "Paire",
  level: "Lecture",
  works: "Rendus",
  share: "Part commune",
  rare: "Passages rares",
  longest: "Le plus long",
};
export const noPair = "Aucune paire n'a de passage en commun qui dise quelque chose.";
export const weakLeftOut = (count: number): string =>
  `${several(count, "paire faible n'est pas montrée", "paires faibles ne sont pas montrées")} ici ; elles sont dans pairs.csv.`;
export const tokens = (count: number): string => several(count, "élément", "éléments");
export const percent = (share: number): string => `${frenchNumber(Math.round(100 * share))} %`;
export const earlier = "autre année";
export const and = "et";

export const commonHeading = "Écrit par beaucoup, et laissé de côté";
export const commonIntroduction = (limit: number): string =>
  `Ces passages sont chez plus de ${limit} personnes : ils ne comptent dans aucune paire.`;
export const writtenBy = (people: number): string => `chez ${people} personnes`;

export const sentencesHeading = "Phrases identiques dans les réponses";
export const sentencesIntroduction =
  "Phrases longues, hors de l'énoncé, les mêmes mot pour mot (à la casse, aux accents et à la ponctuation près).";

export const asideHeading = "Non comparés";
export const together = (a: string, b: string): string =>
  `${a} et ${b} : même personne ou même équipe, d'après leurs noms ou un equipe.json. Vérifiez qu'elle est connue de tous ses membres.`;
export const cut = (student: string): string =>
  `${student} : seule une partie du code est comparée (trop long, ou trop imbriqué pour être lu).`;
export const refused = (student: string, reason: string): string => `${student} : ${reason}`;

export const howHeading = "Comment";
export const how = (limit: number): string =>
  `Le code est lu comme TypeScript le lit, sans commentaires, types, espaces ni ponctuation ; les noms choisis par l'étudiant sont tous remplacés par le même. Tout passage commun de ${guaranteed} éléments ou plus est trouvé (winnowing : Schleimer, Wilkerson et Aiken, 2003), où qu'il soit dans le rendu. L'énoncé, le code donné et ce que plus de ${limit} personnes ont écrit sont retirés. La part commune est celle du rendu qui a le moins ; un passage que deux personnes seules partagent y compte entier, à huit il compte pour un quart. Un passage rare est chez quatre personnes au plus. La plupart des lignes font cinq à dix éléments.`;

export const staffOnly = "Pour l'équipe enseignante : cette page cite le code des étudiants.";
export const anonymousNote =
  "Noms remplacés ; qui est qui se lit dans names.json. Le code est cité tel quel : il peut contenir un nom.";
export const previous = "paire précédente";
export const next = "paire suivante";
export const all = "toutes les paires";
export const navigation = "Paires";
export const runHeading = (number: number, length: number): string => `Passage ${number}, ${tokens(length)}`;
export const runsLeftOut = (count: number): string =>
  `${several(count, "autre passage, plus court, n'est pas montré", "autres passages, plus courts, ne sont pas montrés")}.`;
export const lines = (place: string, from: number, to: number): string =>
  from === to ? `${place}, ligne ${from}` : `${place}, lignes ${from} à ${to}`;
export const someWork = "Un autre rendu";
export const somePlace = "fichier .ts";
export const anonymous = (number: number): string => `Rendu ${number}`;
export const figures = (share: number, rare: number, longest: number): string =>
  `Part commune : ${percent(share)} ; passages rares : ${rare} ; le plus long : ${tokens(longest)}.`;
