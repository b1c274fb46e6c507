// Two small programs in Perl, which every Debian and Ubuntu has (perl-base): what Node cannot ask of the kernel itself.
// They hold no path and no secret: while they run, their text can be read by anybody.
import { findProgram } from "./find-program.js";
import { guardCalls, type Machine, numberOn } from "./syscalls.js";

export const lackingForPerl = (): string | undefined =>
  findProgram("perl") === undefined ? "perl: apt-get install perl-base" : undefined;

/**
 * Runs `command` for ever shut up in the folder `jail`, as `user`, without privileges nor a way to new ones, under the
 * seccomp filter on descriptor 4, and killed when the process of number `starter`, which starts it, is.
 */
export const enterJail = (jail: string, user: number, starter: string, command: readonly string[]): string[] =>
  runPerl(enter, [jail, `${user}`, starter, ...command]);

/**
 * Kills every process of `user`, in one call: the kernel holds back new ones while it does. As the sender its user is
 * `user`, so nobody else is met; as a target it is the id after, so what is to be killed cannot kill it first.
 */
export const sweepUser = (user: number): string[] => runPerl(sweep, [`${user}`]);

function runPerl(program: (number: Numbers) => string, args: readonly string[]): string[] {
  const machine = process.arch as Machine;
  const number: Numbers = (call) => numberOn(machine, guardCalls[call])!;
  return [findProgram("perl")!, "-e", program(number), "--", ...args];
}

type Numbers = (call: keyof typeof guardCalls) => number;

/** `ask` makes a system call that must succeed. Numbers must be numbers: Perl passes texts as addresses. */
const ask = `use strict;
sub ask { my ($what, @call) = @_; syscall($call[0], @call[1 .. $#call]) == 0 or die "$what: $!\\n" }`;

// PR_SET_PDEATHSIG 1, SIGKILL 9; PR_SET_NO_NEW_PRIVS 38; PR_SET_SECCOMP 22, SECCOMP_MODE_FILTER 2.
// struct sock_fprog { unsigned short len; struct sock_filter *filter; }
const enter = (number: Numbers): string => `${ask}
my ($jail, $user, $starter, @command) = @ARGV;
$user += 0;
open(my $file, "<&=", 4) or die "filter: $!\\n";
binmode $file;
my $filter = do { local $/; <$file> };
close $file;
chroot $jail or die "chroot: $!\\n";
chdir "/" or die "chdir: $!\\n";
ask("setgroups", ${number("setgroups")}, 0, 0);
ask("setresgid", ${number("setresgid")}, $user, $user, $user);
ask("setresuid", ${number("setresuid")}, $user, $user, $user);
ask("death signal", ${number("prctl")}, 1, 9, 0, 0, 0);
getppid() == $starter or die "the judge is gone\\n";
ask("no new privileges", ${number("prctl")}, 38, 1, 0, 0, 0);
ask("seccomp", ${number("prctl")}, 22, 2, pack("S x6 P", length($filter) / 8, $filter), 0, 0);
exec { $command[0] } @command or die "exec: $!\\n";`;

// Real and saved user: the sweeper's own; effective: the swept one's. ESRCH (3): nothing was left.
const sweep = (number: Numbers): string => `${ask}
my $user = $ARGV[0] + 0;
my $own = $user + 1;
ask("setgroups", ${number("setgroups")}, 0, 0);
ask("setresgid", ${number("setresgid")}, $own, $own, $own);
ask("setresuid", ${number("setresuid")}, $own, $user, $own);
$< == $own && $> == $user or die "setresuid: not the sweeper\\n";
syscall(${number("kill")}, -1, 9) == 0 or $! + 0 == 3 or die "kill: $!\\n";`;
