import{a,b,c}from"./chunk-XX5KY6LQ.js";import"./chunk-4NQIDWXO.js";import"./chunk-II4UADV2.js";export{c as json,b as jsonLanguage,a as jsonParseLinter};
