import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { isLinux } from "./fixtures/layers.js";
import { makeOwnTemporaryFolder } from "./fixtures/own-temporary-folder.js";
import { canChangeUser } from "./own-users.js";
import { lackingForPerl } from "./perl-guard.js";
import { answers, auditArch, canFilter, seccompFilter } from "./seccomp.js";
import { clone3Call, cloneCall, guardCalls, type Machine, numberOn, refusedCalls } from "./syscalls.js";

interface Call {
  readonly number: number;
  readonly machine?: number;
  readonly firstArgument?: bigint;
}

/** Runs the filter as the kernel does: only the instructions it uses, everything else is an error. */
function ask(machine: Machine, { number, machine: arch = auditArch[machine], firstArgument = 0n }: Call): number {
  const filter = seccompFilter(machine);
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number >>> 0, 0);
  data.writeUInt32LE(arch >>> 0, 4);
  data.writeBigUInt64LE(firstArgument, 16);
  let accumulator = 0;
  for (let at = 0; at * 8 < filter.length; at++) {
    const code = filter.readUInt16LE(at * 8);
    const [yes, no] = [filter.readUInt8(at * 8 + 2), filter.readUInt8(at * 8 + 3)];
    const k = filter.readUInt32LE(at * 8 + 4);
    if (code === 0x20) accumulator = data.readUInt32LE(k);
    else if (code === 0x15) at += accumulator === k ? yes : no;
    else if (code === 0x35) at += accumulator >= k ? yes : no;
    else if (code === 0x45) at += (accumulator & k) !== 0 ? yes : no;
    else if (code === 0x06) return k;
    else throw new Error(`instruction ${at}: unknown code ${code}`);
  }
  throw new Error("the program runs off its end");
}

describe.each(["x64", "arm64"] as const)("the filter of %s", (machine) => {
  const numberOf = (name: string): number => numberOn(machine, refusedCalls[name]!)!;

  test("refuses every call of the list", () => {
    const numbers = Object.values(refusedCalls).map((numbers) => numberOn(machine, numbers));
    for (const number of numbers) if (number !== null) expect(ask(machine, { number })).toBe(answers.refuse);
    expect(new Set(numbers.filter((number) => number !== null)).size).toBeGreaterThan(60);
  });

  test("names every number once", () => {
    const numbers = Object.values(refusedCalls).map((numbers) => numberOn(machine, numbers));
    const given = numbers.filter((number) => number !== null);
    expect(new Set(given).size).toBe(given.length);
  });

  test("allows what computing, printing and ending need", () => {
    // read, write, mmap, brk, futex, epoll_ctl, exit_group, execve
    const needed = { x64: [0, 1, 9, 12, 202, 233, 231, 59], arm64: [63, 64, 222, 214, 98, 21, 94, 221] }[machine];
    for (const number of needed) expect(ask(machine, { number })).toBe(answers.allow);
  });

  test("kills calls of another machine", () => {
    expect(ask(machine, { number: numberOf("ptrace"), machine: 0x40000003 })).toBe(answers.kill);
  });

  test("lets threads be made, and neither processes nor namespaces", () => {
    const number = numberOn(machine, cloneCall)!;
    const thread = 0x3d0f00n; // what the C library asks for: VM, FS, FILES, SIGHAND, THREAD, …
    expect(ask(machine, { number, firstArgument: thread })).toBe(answers.allow);
    expect(ask(machine, { number, firstArgument: 17n })).toBe(answers.refuse); // SIGCHLD: a fork
    expect(ask(machine, { number, firstArgument: thread | 0x10000000n })).toBe(answers.refuse); // CLONE_NEWUSER
  });

  test("says that clone3 does not exist, so that the C library uses clone", () => {
    expect(ask(machine, { number: numberOn(machine, clone3Call)! })).toBe(answers.unknown);
  });
});

test("the calls of x32 are killed, whatever their number", () => {
  expect(ask("x64", { number: 0x40000000 })).toBe(answers.kill);
  expect(ask("x64", { number: 0x40000000 + 101 })).toBe(answers.kill);
});

const canAsk = isLinux && canFilter(process.arch) && lackingForPerl() === undefined;
if (!canAsk) console.warn("tests of the filter in the kernel are skipped: they need Linux on x64 or arm64, and perl");

describe.runIf(canAsk)("in this kernel, for a user without rights", () => {
  const here = process.arch as Machine;
  const filter = join(makeOwnTemporaryFolder(), "filter.bpf");
  writeFileSync(filter, seccompFilter(here));
  chmodSync(filter, 0o444);
  chmodSync(dirname(filter), 0o755);

  /** Makes each call with nothing but zeros and tells its error; 0 when it was made. */
  function errorsOf(numbers: readonly number[], filterFile: string): number[] {
    const prctl = numberOn(here, guardCalls.prctl)!;
    const program = `my $filter = shift;
      if ($filter ne "") {
        open(my $file, "<", $filter) or die "$filter: $!"; binmode $file; local $/; $filter = <$file>; close $file;
        syscall(${prctl}, 38, 1, 0, 0, 0) == 0 && syscall(${prctl}, 22, 2, pack("S x6 P", length($filter) / 8, $filter), 0, 0) == 0
          or die "seccomp: $!";
      }
      print join " ", map { $! = 0; syscall($_ + 0, 0, 0, 0, 0, 0, 0) == -1 ? $! + 0 : 0 } @ARGV;`;
    // Were the filter not there, who has no rights would do no harm.
    const user = canChangeUser() ? ["setpriv", "--reuid=1073741000", "--regid=1073741000", "--clear-groups"] : [];
    const [command, ...args] = [...user, "perl", "-e", program, filterFile, ...numbers.map(String)];
    return execFileSync(command!, args, { encoding: "utf8" }).split(" ").map(Number);
  }

  test("every call of the list is seen refused, and so is a fork by another name", () => {
    const numbers = [...Object.values(refusedCalls), cloneCall].map((numbers) => numberOn(here, numbers));
    const given = numbers.filter((number) => number !== null);
    const errors = errorsOf(given, filter);
    expect(errors).toEqual(given.map(() => 1)); // EPERM
    expect(errorsOf([numberOn(here, clone3Call)!], filter)).toEqual([38]); // ENOSYS
  });

  test("it is the filter that refuses them", () => {
    const { socket, socketpair, memfd_create, shmget, personality } = refusedCalls;
    const harmless = [socket!, socketpair!, memfd_create!, shmget!, personality!].map(
      (numbers) => numberOn(here, numbers)!,
    );
    expect(errorsOf(harmless, "")).not.toContain(1);
    expect(errorsOf(harmless, filter)).toEqual([1, 1, 1, 1, 1]);
  });
});
