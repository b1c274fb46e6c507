// The filter that the kernel runs at each system call of a submission, as a program of classic BPF.
// Layout of what it reads: include/uapi/linux/seccomp.h, struct seccomp_data { nr; arch; instruction_pointer; args[6] }.
import { clone3Call, cloneCall, type Machine, numberOn, refusedCalls } from "./syscalls.js";

/** One instruction: `jt` and `jf` are how many to skip when a test holds, and when it does not. */
interface Instruction {
  readonly code: number;
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

/** The filter for `machine`, as `bwrap --seccomp` reads it. */
export const seccompFilter = (machine: Machine): Buffer => Buffer.concat(filterFor(machine).map(toBytes));

export const canFilter = (architecture: string): architecture is Machine =>
  architecture === "x64" || architecture === "arm64";

const load = 0x20; // BPF_LD | BPF_W | BPF_ABS
const jumpIfEqual = 0x15;
const jumpIfAtLeast = 0x35;
const jumpIfAnyBit = 0x45;
const answer = 0x06; // BPF_RET | BPF_K

const offsets = { call: 0, machine: 4, firstArgument: 16 }; // its low half: both machines are little-endian

export const answers = {
  allow: 0x7fff0000,
  kill: 0x80000000,
  refuse: 0x00050000 | 1, // EPERM
  unknown: 0x00050000 | 38, // ENOSYS
} as const;

export const auditArch: Readonly<Record<Machine, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** Calls of the x32 interface have this bit: the same calls under other numbers. */
const x32Bit = 0x40000000;

const cloneThread = 0x00010000;
/** CLONE_NEWTIME has a meaning in clone3 alone; the others are NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const cloneNamespaces = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;

function filterFor(machine: Machine): Instruction[] {
  const refused = Object.values(refusedCalls).map((numbers) => numberOn(machine, numbers));
  return [
    read(offsets.machine),
    test(jumpIfEqual, auditArch[machine], 1, 0),
    give(answers.kill),
    read(offsets.call),
    ...(machine === "x64" ? [test(jumpIfAtLeast, x32Bit, 0, 1), give(answers.kill)] : []),
    ...refused.filter((number) => number !== null).flatMap((number) => answerTo(number, answers.refuse)),
    ...answerTo(numberOn(machine, clone3Call)!, answers.unknown),
    test(jumpIfEqual, numberOn(machine, cloneCall)!, 1, 0),
    give(answers.allow),
    read(offsets.firstArgument),
    test(jumpIfAnyBit, cloneNamespaces, 1, 0),
    test(jumpIfAnyBit, cloneThread, 1, 0),
    give(answers.refuse),
    give(answers.allow),
  ];
}

const answerTo = (call: number, reply: number): Instruction[] => [test(jumpIfEqual, call, 0, 1), give(reply)];

const read = (offset: number): Instruction => ({ code: load, jt: 0, jf: 0, k: offset });
const test = (code: number, k: number, jt: number, jf: number): Instruction => ({ code, jt, jf, k });
const give = (k: number): Instruction => ({ code: answer, jt: 0, jf: 0, k });

/** struct sock_filter { u16 code; u8 jt; u8 jf; u32 k }, little-endian. */
function toBytes({ code, jt, jf, k }: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(jt, 2);
  bytes.writeUInt8(jf, 3);
  bytes.writeUInt32LE(k >>> 0, 4);
  return bytes;
}
