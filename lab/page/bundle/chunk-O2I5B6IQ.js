import{a as r,d as e,f as o}from"./chunk-II4UADV2.js";var s=r((a,p)=>{e();o();p.exports={}});export{s as a};
