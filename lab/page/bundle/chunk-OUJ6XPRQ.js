import{a}from"./chunk-O2I5B6IQ.js";import"./chunk-II4UADV2.js";export default a();
