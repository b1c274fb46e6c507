// Known mistakes of TP1: the name staff read, and the sentence a teacher would say at the student's desk.
import type { Explanation } from "../../judge/explain.js";

type When = Explanation["when"];

/** Explanations of mistakes of this catalogue, each with what betrays it: one sign or several. */
export const known = (signs: { readonly [M in Mistake]?: When | readonly When[] }): readonly Explanation[] =>
  (Object.entries(signs) as [Mistake, When | readonly When[]][]).flatMap(([mistake, when]) =>
    [when].flat().map((sign) => ({ mistake, say: sentences[mistake], when: sign })),
  );

export type Mistake = keyof typeof sentences;

const sentences = {
  // affineTransform and its gradient
  "biais oublié": "Le biais b n'est pas pris en compte.",
  "arrêt au premier zéro":
    "La somme s'arrête au premier zéro de x : cet élément n'ajoute rien, mais les suivants comptent.",
  "score d'un appel précédent":
    "C'est le résultat d'un appel précédent : la même W et le même b ont reçu un autre x. Ne gardez rien d'un appel à l'autre.",
  "W transposée": "Les lignes de W sont prises pour ses colonnes : chaque ligne de W donne un score.",
  "W lue à plat sans sa largeur":
    "Les éléments de W ne sont pas lus à la bonne place : W a dimIn colonnes, pas dimOut.",
  "scores accumulés dans b":
    "Les scores sont écrits dans b lui-même : une opération dont le nom finit par _ modifie son tableau sur place.",
  "b changé avec le résultat":
    "b change : pendant l'appel, ou avec le résultat, dont il partage alors la mémoire. Rendez toujours un nouveau tableau.",
  "produit extérieur transposé": "gW est transposé : il doit avoir la forme de W, une ligne par score.",
  "gb est g lui-même": "gb et g sont le même tableau : qui modifie l'un modifie l'autre. Rendez une copie.",
  "résultat d'un appel précédent":
    "C'est le résultat d'un appel précédent, où les mêmes tableaux contenaient d'autres nombres : ne gardez rien d'un appel à l'autre.",
  "résultat partagé entre deux appels":
    "Un second appel change le résultat du premier : rendez chaque fois un nouveau tableau, pas un tableau gardé hors de la fonction.",
  "g ignoré": "Le gradient g qui arrive n'est pas utilisé, ou pas partout : essayez avec un g qui ne vaut pas 1.",
  "gradients échangés": "Les deux gradients sont rendus dans l'ordre inverse : d'abord celui de W, puis celui de b.",
  "une seule ligne répétée":
    "Toutes les lignes de gW sont la même : new Array(n).fill(ligne) met n fois le même objet.",
  "gb multiplié par b": "gb ne dépend pas de b : un biais s'ajoute, sa dérivée vaut 1.",
  "W à la place de x": "gW ne dépend pas de W : la dérivée de W x par rapport à W fait intervenir x.",

  // softmax
  "softmax sans décalage":
    "L'exponentielle déborde : retranchez d'abord le même nombre à tous les logits, de sorte que le plus grand vaille 0.",
  "maximum initialisé à 0":
    "Le maximum est faux quand tous les scores sont négatifs : ne partez pas de 0, ni d'un autre nombre, pour le chercher.",
  "somme des exponentielles nulle":
    "Quand tous les logits sont très négatifs, la somme des exponentielles s'arrondit à 0 : retranchez à tous le plus grand d'entre eux, même négatif, sans partir de 0 pour le chercher.",
  "maximum dans l'ordre alphabétique":
    "Une exponentielle déborde, ou leur somme est nulle : le nombre retranché est-il bien le plus grand de tous les logits (sort() sans comparateur range les nombres comme des textes) ?",
  "softmax non normalisée":
    "Les exponentielles ne sont pas divisées par leur somme : des probabilités ont pour somme 1.",
  "log-softmax à la place de softmax":
    "Ce sont les logarithmes des probabilités qui sont rendus, pas les probabilités.",
  "division sans exponentielle": "Les logits sont divisés par leur somme sans être passés par l'exponentielle.",
  "logits modifiés sur place": "La fonction modifie les logits qu'on lui confie : calculez dans un nouveau tableau.",

  // nll
  "logarithme d'une probabilité nulle":
    "Une exponentielle déborde, ou le logarithme reçoit un 0 : calculez la perte depuis les logits, sans passer par softmax, en leur retranchant d'abord le plus grand.",
  "plus grand logit seul":
    "Seul le plus grand logit est compté : log Σ exp(x) ne lui est égal que s'il est loin devant tous les autres.",
  "epsilon dans le logarithme":
    "La perte paraît plafonnée (un epsilon dans le logarithme ? une borne ?), ce qui cache le débordement : calculez-la depuis les logits.",
  "perte sans logarithme":
    "On obtient 1 - p, où p est la probabilité de la bonne classe : il faut l'opposé de son logarithme.",
  "maximum non rajouté":
    "Le maximum retranché avant l'exponentielle doit l'être aussi du score de la bonne classe, ou rajouté après le logarithme : vérifiez aussi lequel est le score de gold.",
  "signe de la perte":
    "Le signe est inversé : une perte est positive, et d'autant plus grande que la bonne classe est improbable.",
  "probabilité au lieu de la perte":
    "C'est la probabilité de la bonne classe qui est rendue, pas l'opposé de son logarithme.",
  "logarithme en base 2 ou 10": "Le logarithme n'est pas népérien : Math.log, ni Math.log2 ni Math.log10.",
  "moyenne au lieu de la somme": "Sous le logarithme, il faut la somme des exponentielles, pas leur moyenne.",
  "perte d'une autre classe":
    "C'est la perte qu'aurait une autre classe : gold est l'indice de la bonne, compté à partir de 0.",
  "perte divisée par le nombre de classes":
    "La perte est divisée par le nombre de classes : rien dans la formule ne le demande.",
  "bonne classe ignorée": "La perte ne dépend pas de gold : le score de la bonne classe doit y entrer.",

  // backwardNll
  "-onehot seul":
    "Il manque la part de softmax : le gradient n'est pas seulement -1 à la bonne classe, la somme de ses composantes est nulle.",
  "onehot oublié":
    "Rien n'est retranché à la bonne classe. Si vous comparez un indice à gold, vérifiez qu'il n'est pas un texte venu de for…in.",
  "gradient d'une autre classe":
    "C'est le gradient qu'aurait une autre classe : le 1 se retranche à l'indice gold, compté à partir de 0.",
  "g nul remplacé": "Un g nul est remplacé par 1 : avec g = 0, le gradient est nul.",
  "signe du gradient":
    "Le signe est inversé : la composante de la bonne classe est négative, un pas de descente fait monter son score.",
  "g appliqué à une partie du gradient":
    "g multiplie tout le gradient, pas seulement softmax ou seulement la bonne classe.",
  "gradient divisé par le nombre de classes":
    "Le gradient est divisé par le nombre de classes : rien dans la formule ne le demande.",
  "gradient de la probabilité": "C'est le gradient de la probabilité, pas celui de l'opposé de son logarithme.",
  "softmax appliquée deux fois": "softmax est appliquée deux fois : backwardNll attend des logits et s'en charge déjà.",

  // evaluate
  "nombre au lieu de la part":
    "C'est le nombre de bonnes réponses qui est rendu : divisez-le par le nombre d'exemples.",
  pourcentage: "L'exactitude est une part, entre 0 et 1, pas un pourcentage.",
  "taux d'erreur":
    "On obtient la part des erreurs, et non celle des bonnes réponses : comptez les exemples dont la classe prédite est l'étiquette.",
  "plus petit score":
    "On obtient ce que donnerait la classe du plus petit score : la classe prédite est celle du plus grand, exemple par exemple.",
  "division par le nombre de classes":
    "Le nombre de bonnes réponses est divisé par le nombre de classes, pas par celui des exemples.",
  "ex æquo tous comptés justes":
    "Quand plusieurs classes ont le plus grand score, une seule est prédite : comparez son indice à l'étiquette, pas son score.",
  "aucune bonne réponse":
    "L'exactitude est nulle : ou bien aucune réponse n'est comptée juste (comparez deux nombres avec ===, ni tableau ni texte), ou bien la division est arrondie.",
  "scores trop grands pour une exponentielle":
    "Quand les scores sont grands, l'exponentielle déborde : la classe prédite est celle du plus grand score, sans passer par softmax.",
  "division de trop":
    "Tous les exemples ne sont pas comptés, ou leur nombre n'est pas le bon : le premier ou le dernier est-il oublié ?",
  "classe jamais prédite":
    "Une classe au moins n'est jamais prédite : comparez les scores de toutes, autant que W a de lignes.",

  // sgdStep
  "exemple bien classé ignoré":
    "W et b ne bougent pas quand l'exemple est déjà bien classé : sa perte n'est pas nulle pour autant, et le pas se fait toujours.",
  "exemple laissé de côté":
    "W et b ne bougent pas sur l'un des exemples : le pas se fait toujours, quels que soient la classe et les scores.",
  "W et b réaffectés":
    "W et b n'ont pas bougé : W = … ne change que la variable de la fonction. Modifiez les tableaux sur place.",
  "b jamais mis à jour": "W est mis à jour, mais pas b.",
  "W jamais mis à jour": "b est mis à jour, mais pas W.",
  "montée au lieu de descente": "Le pas va dans le mauvais sens : pour descendre, on retranche le gradient.",
  "perte après le pas": "La perte rendue est celle d'après le pas : calculez-la avant de changer W et b.",
  "pas ignoré":
    "Le pas n'est pas learningRate fois le gradient : learningRate y manque, ou le gradient y est compté plusieurs fois.",

  // trainLinear
  "derniers paramètres au lieu des meilleurs":
    "Les paramètres rendus sont ceux de la dernière époque. Pour garder les meilleurs, il faut en prendre une copie : l'entraînement continue de modifier W et b.",
  "W ou b sans copie":
    "L'un des deux paramètres rendus est celui de la meilleure époque, l'autre celui de la dernière : prenez une copie de W et une de b.",
  "départ jamais remplacé":
    "W est rendu nul, tel qu'au départ : les paramètres d'aucune époque n'ont pris la place des premiers.",
  "exemples oubliés": "Une époque ne visite pas tous les exemples : leur nombre est celui des étiquettes de trainData.",
  "ordre jamais mélangé":
    "Les exemples sont toujours vus dans l'ordre du fichier : mélangez-les à chaque époque avec options.random.",
  "mélange une seule fois": "L'ordre est mélangé une seule fois : il en faut un nouveau à chaque époque.",
  "Math.random":
    "Deux entraînements avec le même générateur diffèrent : tirez tout le hasard de options.random, jamais de Math.random.",
  "générateur reçu ignoré":
    "L'ordre des exemples ne dépend pas de options.random : c'est de lui que doit venir tout le hasard.",
  "mélange incomplet":
    "L'ordre n'est pas tiré tout entier au hasard à chaque époque : random.permutation(n), une fois par époque, mélange tout.",
  "tirage avec remise":
    "Certains exemples sont vus plusieurs fois et d'autres jamais : une époque visite chaque exemple exactement une fois.",
  "étiquettes mélangées à part":
    "Les entrées et les étiquettes ne vont plus ensemble : mélangez des indices, et servez-vous du même pour les deux.",
  "perte totale au lieu de la moyenne":
    "trainLoss est la somme des pertes de l'époque : divisez-la par le nombre d'exemples.",
  "perte du dernier exemple": "trainLoss est la perte du dernier exemple vu : il faut la moyenne de l'époque.",
  "meilleure exactitude au lieu de celle de l'époque":
    "devAccuracy est la meilleure jusque-là : chaque ligne de l'historique donne celle de son époque, même quand elle baisse.",
  "époques numérotées à partir de 0": "Les époques sont numérotées à partir de 1.",
  "exactitude sur les exemples d'entraînement":
    "devAccuracy est mesurée sur les exemples d'entraînement : mesurez-la sur devData.",
  "paramètres remis à zéro à chaque époque":
    "Chaque époque repart de zéro : créez W et b une seule fois, avant la boucle.",
  "W et b de deux époques":
    "W et b rendus ne sont pas ceux d'une même époque : gardez les deux ensemble, et une copie de chacun.",
  "onEpoch appelé un autre nombre de fois":
    "onEpoch est appelé une fois par époque, à sa fin : il l'a été plus souvent, ou moins.",
  "onEpoch jamais appelé":
    "onEpoch, quand il est donné, doit être appelé à la fin de chaque époque avec sa ligne d'historique.",
  "onEpoch appelé sans être donné": "onEpoch est facultatif : ne l'appelez que s'il est donné.",
  "une seule ligne d'historique partagée":
    "Toutes les lignes de l'historique sont le même objet : créez-en un nouveau à chaque époque.",
  "données d'entraînement mélangées sur place":
    "Les données d'entraînement sont changées : mélangez des indices, pas les données.",
  "nombre d'époques ignoré": "Le nombre d'époques demandé (options.epochs) n'est pas respecté.",
} satisfies Readonly<Record<string, string>>;
