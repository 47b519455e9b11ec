import { FrameParser } from "./frame-parser.ts";
const codes=new Map<string,number>(); const slow:any[]=[];
const old=FrameParser.prototype.answer;
let last=0;
FrameParser.prototype.answer=function(f:string,m:any){const s=old.call(this,f,m) as any; const k=m.kind+" "+(m.command??"")+" "+(s.code??s.kind); codes.set(k,(codes.get(k)??0)+1); if(process.env.V&&m.kind==="turn")console.log(JSON.stringify(m).slice(0,300),f); return s;};
const {playSequences}=await import("./sequences.ts");
const t=Date.now();
const [first,many,only]=process.argv.slice(2) as any;
try{const r=await playSequences(+first,+many,only);console.log(r);}catch(e:any){console.log(e.message.slice(0,5000))}
console.log([...codes].sort(),Date.now()-t);
