import{a,b,c,d}from"./chunk-D4Q5SG4I.js";import"./chunk-4NQIDWXO.js";import"./chunk-II4UADV2.js";export{d as css,b as cssCompletionSource,c as cssLanguage,a as defineCSSCompletionSource};
