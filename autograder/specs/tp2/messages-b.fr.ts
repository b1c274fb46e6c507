// Known mistakes of TP2's session B: the name staff read, and the sentence a teacher would say at the student's desk.
import type { Explanation } from "../../judge/explain.js";

type When = Explanation["when"];

/** Explanations of mistakes of this catalogue, each with what betrays it: one sign or several. */
export const known = (signs: { readonly [M in Mistake]?: When | readonly When[] }): readonly Explanation[] =>
  (Object.entries(signs) as [Mistake, When | readonly When[]][]).flatMap(([mistake, when]) =>
    [when].flat().map((sign) => ({ mistake, say: sentences[mistake], when: sign })),
  );

type Mistake = keyof typeof sentences;

const sentences = {
  // zeroInit, glorotInit, kaimingInit
  "tableau réaffecté au lieu d'être rempli":
    "W n'a pas changé. Si vous écrivez W = …, vous ne changez que la variable de la fonction ; remplissez le tableau reçu, quelle que soit sa forme : W.fill_, W.copy_ ou W.data[i] = ….",
  "tableau renvoyé au lieu d'être rempli":
    "La fonction renvoie un nouveau tableau, mais n'a pas rempli celui qu'elle a reçu : l'appelant ne garde que le sien.",
  "tableau rempli en partie":
    "Une partie de W garde son ancienne valeur : W.shape[0] est un nombre de lignes, W.size le nombre d'éléments.",
  "tirage ajouté à l'ancien contenu":
    "Le tirage s'ajoute à ce que W contenait : remplacez l'ancien contenu (copy_), sans vous en servir (add_).",
  "valeurs petites au lieu de zéro": "Les valeurs sont petites, mais pas nulles : zeroInit met exactement zéro.",
  "une seule ligne tirée": "Des poids reviennent d'une ligne ou d'une colonne à l'autre : il faut un tirage par poids.",
  "bornes dissymétriques":
    "Les poids vont plus loin d'un côté de 0 que de l'autre : la loi est uniforme entre -c et c, et les deux bornes, low et high, se donnent.",
  "signes ou ordre réguliers":
    "Le signe d'un poids se devine d'après ses voisins : les tirages sont indépendants, ni triés ni alternés.",
  "NaN ou infini resté":
    "NaN et l'infini sont restés, ou ont donné NaN : multiplier par 0 ne les efface pas, écrivez 0 (fill_).",
  "loi normale au lieu d'uniforme": "Les poids suivent une loi normale : il faut une loi uniforme entre -c et c.",
  "poids tous positifs": "Aucun poids n'est négatif : la loi est uniforme entre -c et c, pas entre 0 et c.",
  "même valeur partout":
    "Tous les poids sont égaux : les neurones resteraient égaux pour toujours. Il faut un tirage par poids.",
  "racine carrée oubliée": "La borne des poids n'est pas une racine carrée.",
  "racine du numérateur seul": "La racine porte sur tout le quotient, pas sur 6 seul.",
  "produit des dimensions":
    "La borne fait intervenir la somme du nombre d'entrées et du nombre de sorties, pas leur produit.",
  "Kaiming au lieu de Glorot": "C'est la borne de Kaiming : celle de Glorot compte les entrées et les sorties.",
  "Glorot au lieu de Kaiming": "C'est la borne de Glorot : celle de Kaiming ne compte que les entrées.",
  "Kaiming avec fan-out":
    "La borne compte les sorties : W a une ligne par sortie et une colonne par entrée, et Kaiming divise par le nombre d'entrées.",
  "écart-type pris pour la borne":
    "2/n est une variance : une loi uniforme entre -c et c a la variance c²/3, d'où le 6 de la formule.",
  "facteur 2 de la variance oublié":
    "La variance est deux fois trop petite : c'est 2 que l'on divise par le nombre d'entrées (et de sorties), pas 1.",
  "une dimension comptée deux fois":
    "La même dimension est comptée deux fois : W.shape[0] donne les sorties, W.shape[1] les entrées.",
  "Math.random":
    "Deux essais avec le même générateur diffèrent : tirez tout le hasard du générateur reçu, jamais de Math.random.",
  "mêmes poids au fil des appels":
    "D'un appel à l'autre, les mêmes poids reviennent : tirez chacun du générateur reçu, sans passer par un autre.",
  "générateur reçu ignoré":
    "Le résultat ne dépend pas du générateur reçu : c'est de lui que doit venir tout le hasard.",

  // SGD
  "montée au lieu de descente": "Le pas va dans le mauvais sens : pour descendre, on retranche le gradient.",
  "pas ignoré":
    "Le pas n'est pas learningRate fois le gradient : learningRate y manque, ou le gradient y est compté plusieurs fois.",
  "data réaffectée":
    "Les paramètres sont remplacés par de nouveaux tableaux : modifiez leurs data sur place, avec sub_ par exemple.",
  "gradient absent non prévu":
    "Un paramètre peut n'avoir reçu aucun gradient (undefined) : il reste alors comme il est.",
  "poids ramenés à la borne":
    "Le plus grand des poids est toujours à la borne, comme s'ils étaient remis à l'échelle après le tirage : tirez-les entre les bornes, c'est tout.",
  "règles oubliées":
    "Le graphe mène à W et à b, mais ses règles ne leur rendent pas de gradient : calculez le résultat avec affine.",
  "noms W et b échangés":
    "Le paramètre W porte le nom de b, ou b celui de W : le nom est le second argument de Parameter.",
  "paramètres changés par forward":
    "forward change les paramètres du réseau, ou efface leurs gradients : il s'en sert, sans rien y changer.",
  "entrée coupée du graphe":
    "Le graphe du résultat ne mène pas à l'entrée de forward : donnez ce tenseur à affine tel quel, à chaque appel.",
  "paramètres partagés entre deux réseaux":
    "Deux réseaux ont le même tableau de poids : chacun crée les siens dans son constructeur.",
  "entrée de forward modifiée": "forward change l'exemple qu'on lui donne : calculez dans un nouveau tableau.",
  "zeroGrad change les paramètres":
    "zeroGrad change les paramètres eux-mêmes : il ne fait oublier que leurs gradients.",
  "zeroGrad sans effet": "Après zeroGrad, un gradient est encore là : chaque paramètre doit oublier le sien.",
  "vecteurs oubliés": "Les matrices changent, pas les vecteurs : step met à jour tous les paramètres, biais compris.",
  "premier paramètre seulement": "Seul le premier paramètre est mis à jour.",
  "aucun paramètre touché":
    "Ni step ni zeroGrad n'a d'effet : gardez tous les paramètres dès la construction, même ceux qui n'ont pas encore de gradient, et parcourez-les.",
  "aucun paramètre ne bouge":
    "Aucun paramètre ne change : sub et mul rendent un nouveau tableau, sub_ change celui du paramètre.",
  "gradient de somme nulle ignoré":
    "Un paramètre dont le gradient a des éléments de somme nulle ne bouge pas : un gradient n'est absent que s'il vaut undefined.",
  "arrêt au premier gradient absent":
    "Après un paramètre sans gradient, les autres ne bougent plus : return quitte toute la méthode, continue passe au suivant.",
  "gradients effacés par step": "step() efface les gradients : seul zeroGrad() les fait oublier.",
  "gradients changés par step":
    "step() change les gradients : gradient.mul_ écrit dans gradient, gradient.mul rend un nouveau tableau.",
  "pas divisé par le nombre de paramètres":
    "Le pas est divisé par le nombre de paramètres : chacun descend de learningRate fois son gradient, tel quel.",
  "pas figé à la construction":
    "Le pas reste celui de la construction : step() doit lire this.learningRate chaque fois, il peut changer en cours de route.",
  "gradients cumulés d'un pas à l'autre":
    "Un pas se sert encore des gradients des pas précédents : seul compte parameter.gradient.",

  // LinearNetwork, DeepNetwork
  "softmax dans forward": "forward rend des probabilités : il faut les logits, la perte se charge de softmax.",
  "W transposée": "W a une ligne par sortie et une colonne par entrée : sa forme est [dimOutput, dimInput].",
  "W et b ne sont pas des Parameter":
    "parameters() ne trouve rien : W et b doivent être des Parameter, pas de simples Tensor.",
  "paramètres invisibles pour parameters()":
    "parameters() ne voit que les Parameter et les Module rangés dans un champ, ou dans une liste qui est un champ : ni Map, ni objet, ni liste de listes.",
  "W et b introuvables": "network.W et network.b sont introuvables : l'énoncé nomme ces deux champs W et b.",
  "b de la mauvaise forme": "b a une valeur par sortie : sa forme est [dimOutput].",
  "biais oublié": "Le biais b n'est pas pris en compte.",
  "poids tirés au hasard": "W et b devraient être nuls au départ.",
  "sortie activée": "Le dernier résultat passe par une activation : les logits doivent pouvoir prendre toute valeur.",
  "forward hors du graphe":
    "Le résultat ne se souvient pas des paramètres : calculez-le avec affine, sur des tenseurs, pas sur leurs data.",

  // DeepNetwork
  "une couche de trop": "Il y a une couche de trop : nLayers compte les couches cachées, la dernière s'y ajoute.",
  "une couche de moins": "Il manque une couche : nLayers compte les couches cachées, la dernière s'y ajoute.",
  "nLayers = 0 non prévu":
    "nLayers peut valoir 0 : il ne reste que la couche de sortie, qui lit directement l'entrée et a donc dimInput entrées.",
  "nLayers ignoré": "Le nombre de couches ne dépend pas de nLayers.",
  "couches de même Parameter":
    "Plusieurs couches partagent le même Parameter : fill met n fois le même objet. Créez-en un par couche.",
  "tableau commun à deux paramètres":
    "Deux paramètres du réseau ont le même tableau : changer l'un change l'autre. Créez un tableau pour chacun.",
  "biais de la mauvaise taille":
    "Un biais n'a pas la bonne taille : b a une valeur par sortie de sa couche, hiddenDim pour une couche cachée, dimOutput pour la dernière.",
  "toutes les couches lisent dimInput":
    "Les formes de deux couches qui se suivent ne s'accordent pas : la première a dimInput entrées, chaque autre autant d'entrées que la précédente a de sorties.",
  "première couche carrée": "La première couche a dimInput entrées, pas hiddenDim : sa W est [hiddenDim, dimInput].",
  "couches aux mêmes poids": "Deux couches ont les mêmes poids : chacune doit tirer les siens.",
  "graphe coupé":
    "Le graphe du résultat n'atteint pas tous les paramètres : ou bien forward ne se sert pas de certains, ou bien un new Tensor(….data) y oublie d'où vient le calcul.",
  "initialisations échangées": "Les deux initialisations sont échangées : Kaiming avant relu, Glorot avant tanh.",
  "poids tirés dans un autre ordre":
    "Les poids se tirent couche après couche, ceux de la sortie en dernier : dans un autre ordre, la même graine donne un autre réseau.",
  "biais non nuls": "Les biais doivent être nuls au départ.",
  "poids de sortie restés nuls": "Des poids restent nuls : initialisez aussi la dernière couche.",
  "activation oubliée":
    "Les couches cachées n'ont pas d'activation : le réseau n'est alors qu'une transformation affine.",
  "relu et tanh échangées": "Les deux activations sont échangées : tanh quand l'option tanh est vraie, relu sinon.",
  "option tanh ignorée":
    "Que l'option tanh soit donnée ou non, le résultat est le même : elle vaut false quand elle n'est pas donnée.",
  "Glorot partout":
    "Avec relu, les couches cachées s'initialisent par Kaiming ; Glorot est pour tanh et pour la dernière couche.",
  "Kaiming partout":
    "Kaiming est pour les couches qui précèdent relu ; avec tanh, et pour la dernière couche, c'est Glorot.",
  "forward garde un état": "Le résultat dépend des appels précédents : forward ne doit rien écrire dans this.",

  // trainingLoop
  "zeroGrad oublié":
    "Les gradients des exemples précédents s'ajoutent : oubliez-les (zeroGrad) avant chaque backward. Le premier pas est juste, le deuxième non.",
  "pas avant backward":
    "Le pas est fait sans le gradient de son exemple : step est appelé avant backward ou sans lui, ou zeroGrad entre les deux.",
  "learningRate changé":
    "La boucle change le learningRate de l'optimiseur : c'est à qui l'appelle de le choisir, et de le changer.",
  "pas oublié": "Le step() de l'optimiseur reçu n'est jamais appelé : c'est lui qui met les paramètres à jour.",
  "backward appelé deux fois":
    "backward est appelé deux fois par exemple : les gradients s'ajoutent, et le pas est double.",
  "ordre jamais mélangé":
    "Les exemples sont toujours vus dans le même ordre que dans les données : mélangez-les à chaque époque avec options.random.",
  "mélange une seule fois": "L'ordre est mélangé une seule fois : il en faut un nouveau à chaque époque.",
  "étiquettes mélangées à part":
    "Les entrées et les étiquettes ne vont plus ensemble : mélangez des indices, et servez-vous du même pour les deux.",
  "trop de pas": "Il y a trop de pas : une époque appelle optimizer.step() une seule fois par exemple.",
  "pas assez de pas":
    "Il manque des pas : une époque en fait un sur chaque exemple, bien classé ou non, le dernier compris.",
  "mélange partiel":
    "D'une époque à l'autre, l'ordre reste presque le même, ou presque celui des données : décaler les indices, les renverser ou en échanger deux ne suffit pas, random.permutation(n) les mélange tous.",
  "exemples triés par classe":
    "Une époque voit tous les exemples d'une classe, puis tous ceux d'une autre : les classes doivent se mêler, random.permutation(n) y suffit.",
  "tirage avec remise":
    "Certains exemples sont vus plusieurs fois et d'autres jamais : une époque visite chaque exemple exactement une fois.",
  "perte totale au lieu de la moyenne":
    "trainLoss est la somme des pertes de l'époque : divisez-la par le nombre d'exemples.",
  "perte du dernier exemple": "trainLoss est la perte du dernier exemple vu : il faut la moyenne de l'époque.",
  "perte après le pas": "trainLoss mesure la perte après le pas : prenez-la juste avant.",
  "mesures d'entraînement après l'époque":
    "trainLoss et trainAccuracy se mesurent pendant l'époque, chaque exemple juste avant son pas, pas à la fin.",
  "bonnes réponses au lieu de la part":
    "trainAccuracy est une part, entre 0 et 1 : divisez le nombre de bonnes réponses par celui des exemples.",
  "mesures de développement sur l'entraînement":
    "devLoss et devAccuracy sont mesurées sur les exemples d'entraînement : mesurez-les sur devData.",
  "meilleure mesure au lieu de celle de l'époque":
    "devLoss ou devAccuracy est la meilleure jusque-là : chaque ligne donne celle de son époque, même quand elle est moins bonne.",
  "mesures de développement avant l'époque":
    "devLoss et devAccuracy sont mesurées au début de l'époque : mesurez-les à la fin.",
  "pas de la classification linéaire":
    "Les pas sont ceux du TP1, faits sur W et b : demandez les gradients à backward, qui vaut pour tous les réseaux.",
  "gradients laissés par l'évaluation":
    "L'évaluation laisse des gradients dans les paramètres : on n'appelle pas backward pour mesurer.",
  "époques numérotées à partir de 0": "Les époques sont numérotées à partir de 1.",
  "historique vide": "L'historique rendu est vide : ajoutez-y la ligne de chaque époque.",
  "nombre d'époques ignoré": "Le nombre d'époques demandé (options.epochs) n'est pas respecté.",
  "une seule ligne au lieu de l'historique":
    "La fonction rend la dernière ligne seulement : il faut la liste de toutes.",
  "une seule ligne d'historique partagée":
    "Toutes les lignes de l'historique sont le même objet : créez-en un nouveau à chaque époque.",
  "mesure qui n'est pas un nombre":
    "Une mesure n'est pas un nombre : toFixed rend un texte, loss.data est un tableau, loss.data.at() un nombre.",
  "trainAccuracy oubliée": "Il manque trainAccuracy dans les lignes de l'historique.",
  "onEpoch jamais appelé": "onEpoch, quand il est donné, doit être appelé à la fin de chaque époque avec sa ligne.",
  "onEpoch appelé un autre nombre de fois":
    "onEpoch est appelé une fois par époque, à sa fin : il l'a été plus souvent, ou moins.",
  "onEpoch appelé sans être donné": "onEpoch est facultatif : ne l'appelez que s'il est donné.",
  "onEpoch appelé au début de l'époque": "onEpoch est appelé avant la fin de l'époque.",
  "apprend sur les exemples de développement":
    "Des pas sont faits sur les exemples de développement : ils servent à juger, jamais à apprendre.",
  "données d'entraînement mélangées sur place":
    "Les données d'entraînement sont changées : mélangez des indices, pas les données.",
} satisfies Readonly<Record<string, string>>;
