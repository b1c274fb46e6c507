// Known mistakes of TP2's session A: the name staff read, and the sentence a teacher would say at the student's desk.
import type { Explanation } from "../../judge/explain.js";

type When = Explanation["when"];

/** Explanations of mistakes of this catalogue, each with what betrays it: one sign or several. */
export const known = (signs: { readonly [M in Mistake]?: When | readonly When[] }): readonly Explanation[] =>
  (Object.entries(signs) as [Mistake, When | readonly When[]][]).flatMap(([mistake, when]) =>
    [when].flat().map((sign) => ({ mistake, say: sentences[mistake], when: sign })),
  );

export type Mistake = keyof typeof sentences;

const sentences = {
  // anyRequireGrad
  "un seul tenseur regardé": "Un seul tenseur décide de la réponse : il faut les regarder tous.",
  "tous au lieu d'un seul": "La réponse n'est oui que si tous demandent un gradient : un seul suffit.",
  "réponse inversée": "La réponse est inversée : oui quand un tenseur demande un gradient.",
  "toujours oui":
    "La réponse est oui même quand aucun tenseur ne demande de gradient : c'est son champ requireGrad qui le dit.",
  "toujours non":
    "La réponse est non même quand un tenseur demande un gradient : c'est son champ requireGrad qui le dit.",
  "tenseur calculé oublié":
    "Un tenseur calculé à partir d'un paramètre demande un gradient, lui aussi : seul son champ requireGrad le dit.",
  "réponse jamais rendue": "La réponse est undefined : il manque un return.",
  "tenseurs modifiés": "Les tenseurs reçus ont changé : la fonction répond à une question, elle ne touche à rien.",
  "réponse qui n'est pas un booléen": "La réponse doit être true ou false, pas un tenseur, une liste ou un nombre.",
  "tableau attendu au lieu d'arguments":
    "Les tenseurs arrivent un par un, anyRequireGrad(a, b, c), pas dans un tableau : c'est ce que dit ...tensors.",

  // Every operation
  "résultat qui n'est pas un tenseur":
    "L'opération doit rendre un Tensor, celui que record fabrique, pas un tableau ni un nombre.",
  "entrées modifiées sur place":
    "L'opération change les valeurs de ses entrées, dont d'autres se servent : calculez dans un nouveau tableau.",
  "g modifié par une règle":
    "Une règle change le g qu'elle reçoit, qui est le gradient d'un autre tenseur : calculez dans un nouveau tableau.",
  "record oublié":
    "Le résultat ne se souvient pas de ses entrées, le gradient s'arrêtera là : c'est record qui les lui donne, avec les règles.",
  "requireGrad toujours vrai":
    "Le résultat demande un gradient alors qu'aucune entrée n'en demande : laissez record en décider.",
  "entrée oubliée":
    "Il manque une entrée au résultat, ou un nouveau tenseur en tient lieu : record les reçoit toutes, telles quelles, dans l'ordre des règles.",
  "règle manquante": "Il manque une règle : il en faut une pour chaque entrée, dans le même ordre.",
  "règle qui ne renvoie rien":
    "Une règle ne renvoie rien (undefined) : après =>, une accolade ouvre un bloc, où il faut un return.",
  "règle qui garde un état":
    "La même règle, appelée deux fois avec le même g, ne rend pas deux fois le même gradient : elle change un tableau qu'elle garde. Calculez dans un nouveau tableau à chaque appel.",
  "règle qui accumule elle-même":
    "Une règle ajoute elle-même un gradient au tenseur : elle le rend seulement, c'est backward qui l'accumule.",
  "résultat changé par une règle":
    "Une règle change le résultat de l'opération : une méthode dont le nom finit par _ écrit dans son tableau, celle qui n'en a pas en rend un nouveau.",
  "résultat partagé entre deux appels":
    "Un second appel change le résultat du premier : rendez chaque fois un nouveau tableau, pas un tableau gardé hors de la fonction.",
  "variable partagée entre les appels":
    "Une règle se sert d'une variable qu'un autre appel a changée : déclarez-la dans la fonction, pas au-dehors.",
  "entrée rendue telle quelle":
    "L'opération rend son entrée elle-même : le résultat est un nouveau tenseur, que record relie à ses entrées.",
  "g ignoré dans une règle": "Une règle ne se sert pas de g : essayez avec un g qui ne vaut pas 1.",
  "g appliqué deux fois": "g est compté deux fois dans une règle.",

  // relu and tanh
  "dérivée de ReLU inversée": "La dérivée est inversée : le gradient passe là où x est positif, pas ailleurs.",
  "dérivée de ReLU oubliée":
    "La règle rend g tel quel : là où x est négatif, ReLU est constante et rien ne doit passer.",
  "dérivée de ReLU en 0": "En 0, la dérivée vaut 0 par convention : le gradient ne passe que là où x > 0.",
  "petits nombres positifs arrêtés": "Rien ne passe là où x est positif mais petit : la dérivée vaut 1 dès que x > 0.",
  "g filtré au lieu de x": "C'est le signe de x qui décide de ce qui passe, pas celui de g.",
  "valeur absolue": "C'est la valeur absolue : ReLU remplace les nombres négatifs par 0.",
  "minimum au lieu du maximum": "Ce sont les négatifs qui sont gardés : ReLU est un maximum avec 0.",
  "pente du côté négatif":
    "Les nombres négatifs passent encore un peu, dans le résultat ou dans sa règle : ReLU les remplace par 0.",
  "x à la place de la dérivée": "g est multiplié par la valeur, pas par la dérivée.",
  "dérivée avec x au lieu de tanh x": "La dérivée est 1 - tanh² x : c'est le résultat qui est mis au carré, pas x.",
  "tanh appliquée deux fois dans la dérivée":
    "La dérivée passe le résultat une seconde fois par tanh : y vaut déjà tanh x.",
  "carré oublié dans la dérivée": "La dérivée est 1 - tanh² x : il manque le carré.",
  "signe dans la dérivée": "Un signe est faux dans la dérivée : 1 - tanh² x.",
  "sinus hyperbolique":
    "La dérivée n'est pas la bonne : elle ne dépasse jamais 1, elle ne croît pas comme sinh ou cosh.",
  "débordement de tanh":
    "Le résultat contient NaN : les exponentielles débordent pour de grands x, pas la fonction tanh de la bibliothèque.",
  "sigmoïde au lieu de tanh": "C'est la sigmoïde : tanh vaut 0 en 0 et prend des valeurs négatives.",

  // affine
  "biais oublié": "Le biais b n'est pas pris en compte.",
  "nombres d'un appel précédent":
    "Le calcul se sert des nombres que W contenait à un appel précédent : ils changent à chaque pas, relisez W.data chaque fois.",
  "W transposée": "Les lignes de W sont prises pour ses colonnes : chaque ligne de W donne un score.",
  "produit extérieur transposé": "Le gradient de W est transposé : il doit avoir la forme de W, une ligne par score.",
  "W au lieu de sa transposée dans la règle de x":
    "Dans la règle de x, c'est la transposée de W qu'il faut : g a la taille des scores, le gradient celle de x.",
  "règles dans un autre ordre que les entrées":
    "Les règles ne sont pas dans l'ordre des entrées : la première règle est celle de la première entrée.",
  "W à la place de x": "Le gradient de W ne dépend pas de W : il fait intervenir x.",
  "b dans son propre gradient": "Le gradient de b ne dépend pas de b : un biais s'ajoute, sa dérivée vaut 1.",
  "lot non géré":
    "Une opération échoue quand x est un lot [n, in] : les règles d'un seul exemple ne lui conviennent pas.",
  "gradient divisé par la taille du lot":
    "Le gradient est divisé, comme par le nombre d'exemples : ce sont les exemples qui s'ajoutent, rien ne les divise.",
  "biais non sommé sur le lot":
    "Le gradient de b a une ligne par exemple : b sert à tous, leurs gradients s'ajoutent (axe 0).",
  "axe du lot confondu": "La somme est prise sur le mauvais axe : les exemples sont les lignes, l'axe 0.",
  "gradient de x sommé sur le lot": "Chaque exemple a son propre gradient : celui de x a la forme de x.",

  // nll
  "perte de forme [1]": "La perte est un tenseur sans dimension, de forme [] : array(valeur), pas array([valeur]).",
  "signe de la perte":
    "Le signe est inversé : une perte est positive, et d'autant plus grande que la bonne classe est improbable.",
  "logarithme d'une probabilité nulle":
    "La perte est infinie ou NaN pour de grands logits : calculez-la depuis les logits, sans passer par softmax.",
  "signe du gradient": "Le signe du gradient est inversé : la composante de la bonne classe est négative.",
  "-onehot seul": "Il manque la part de softmax : la somme des composantes du gradient est nulle.",
  "onehot oublié": "Rien n'est retranché à la bonne classe.",
  "gradient divisé par le nombre de classes":
    "Le gradient est divisé par le nombre de classes : rien dans la formule ne le demande.",
  "bonne classe ignorée": "La perte ne dépend pas de gold.",
  "perte d'une autre classe":
    "La perte est celle d'une autre classe que gold, qui est déjà l'indice de la bonne, compté à partir de 0.",

  // accumulateGradient
  "gradient remplacé au lieu d'être ajouté":
    "Le nouveau gradient remplace l'ancien : ils s'ajoutent, c'est là qu'un tenseur qui sert deux fois a son compte.",
  "premier gradient perdu":
    "Le premier gradient est perdu : quand il n'y en a pas encore, c'est lui qu'il faut garder.",
  "gradients suivants perdus": "Seul le premier gradient est gardé : les suivants s'y ajoutent.",
  "gradient jamais posé": "Le champ gradient reste undefined : la somme calculée doit y être rangée.",
  "gradient commun à deux tenseurs":
    "Deux tenseurs ont le même tableau pour gradient : ce que reçoit l'un s'ajoute à l'autre. Créez-en un pour chacun.",
  "total gardé malgré zeroGrad":
    "Après zeroGrad, l'ancien total revient avec le gradient suivant : la somme se range dans tensor.gradient, nulle part ailleurs.",
  "même g ignoré la seconde fois":
    "Le même tableau g, reçu deux fois de suite, ne compte qu'une fois : avec a + a, les deux règles rendent g lui-même.",
  "g gardé par référence":
    "Le gradient gardé et g sont le même tableau : qui change l'un change l'autre. Gardez une copie.",
  "g changé": "g est changé par l'accumulation : il appartient à un autre tenseur.",
  "valeurs changées": "Ce sont les valeurs du tenseur (data) qui changent : le gradient a son propre champ.",
  "opérateur + entre tableaux": "Deux tableaux ne s'ajoutent pas avec + : a.add(b), ou a.add_(b) sur place.",
  "départ à 1": "La somme ne part pas de 0 : avant le premier gradient, il n'y a rien.",

  // backward
  "g de départ compté deux fois": "Le gradient du résultat vaut le double de g : donnez g au résultat une seule fois.",
  "départ oublié": "Rien ne part du résultat : son propre gradient est g, il faut le lui donner d'abord.",
  "un seul niveau remonté":
    "Seules les entrées du résultat ont reçu un gradient : remontez jusqu'aux feuilles, à l'envers de l'ordre de création.",
  "règle appelée avec la valeur": "Les règles reçoivent la valeur du tenseur : c'est son gradient qu'elles attendent.",
  "règle appelée avec le g de départ":
    "Toutes les règles reçoivent le g de départ : celles d'un tenseur attendent le gradient de ce tenseur.",
  "remontée arrêtée trop tôt":
    "La remontée s'arrête au premier tenseur qui n'a rien à transmettre, une constante ou une feuille : passez au suivant (continue), il en reste.",
  "gradients intermédiaires absents à la fin":
    "À la fin, les tenseurs calculés n'ont pas ou plus de gradient : oubliez ceux d'avant au début de l'appel, et laissez les nouveaux, que montre le dessin du graphe.",
  "feuille prise pour résultat":
    "Quand le résultat est lui-même une feuille, g s'ajoute à son gradient comme à celui de toute feuille.",
  "entrée répétée servie une fois":
    "Une entrée qui figure deux fois dans une opération (w · w) doit recevoir deux gradients, un de chaque règle.",
  "g par défaut oublié": "backward(perte) est permis : sans g, c'est 1 partout.",
  "g par défaut sans la forme du résultat": "Sans g, le gradient de départ vaut 1 partout et a la forme du résultat.",
  "g de départ ignoré": "Le g reçu n'est pas utilisé : le gradient du résultat est toujours 1.",
  "somme retransmise à chaque passage":
    "Un tenseur qui sert deux fois retransmet deux fois ce qu'il a déjà reçu : attendez que son gradient soit complet.",
  "nœud partagé servi trop tôt":
    "Un tenseur qui sert deux fois a transmis son gradient avant d'avoir tout reçu, puis n'est plus visité.",
  "gradient donné à qui n'en demande pas": "Une entrée dont requireGrad est faux a reçu un gradient.",
  "gradient de somme nulle oublié":
    "Un gradient dont les éléments ont une somme nulle n'est pas transmis : il n'est absent que s'il vaut undefined.",
  "gradient nul non transmis":
    "Un gradient nul n'est pas transmis : c'est un gradient comme un autre, il n'est absent que s'il vaut undefined.",
  "valeurs des feuilles changées":
    "backward change les valeurs (data) d'un tenseur : il remplit les gradients, c'est l'optimiseur qui fait le pas.",
  "g de départ changé":
    "Le g donné à backward est changé : c'est le tableau de l'appelant, ajoutez-le au gradient sans y toucher.",
  "gradients des feuilles effacés":
    "Après deux appels, les feuilles n'ont que le gradient d'un seul : le second s'ajoute au premier, qu'il n'efface pas (c'est zeroGrad qui efface).",
  "second appel sans effet":
    "Un second appel n'ajoute rien aux feuilles : il doit remonter le graphe en entier comme le premier, qui n'y change rien d'autre que les gradients.",
  "gradients intermédiaires gardés":
    "Un second appel compte de nouveau les gradients du premier : effacez d'abord ceux des tenseurs calculés, pas ceux des feuilles.",
  "opération sautée à cause de sa première entrée":
    "Une opération dont la première entrée est une constante n'est pas remontée : demandez à chaque entrée, pas à la première seule.",
  "dernière entrée oubliée":
    "Les premières entrées d'une opération reçoivent un gradient, pas la dernière : servez toutes celles qui en demandent un, si nombreuses soient-elles et même après une constante.",
  "première entrée seule": "Seule la première entrée de chaque opération reçoit un gradient.",
  "récursion trop profonde":
    "La pile déborde sur un long graphe : remontez la liste que rend tapeOf au lieu de vous appeler vous-même.",
} satisfies Readonly<Record<string, string>>;
