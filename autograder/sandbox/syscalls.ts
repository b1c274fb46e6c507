// The system calls that a submission is refused, with their numbers on the two machines we filter for.
// Computing, printing and answering on an open descriptor need none of them.

export type Machine = "x64" | "arm64";

/** `null` where a machine does not have the call. Numbers: Linux, arch/x86/entry/syscalls and asm-generic/unistd.h. */
type Numbers = readonly [x64: number | null, arm64: number | null];

/** Answered with EPERM. */
export const refusedCalls: Readonly<Record<string, Numbers>> = {
  // Other processes
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  kcmp: [312, 272],
  pidfd_open: [434, 434],
  pidfd_getfd: [438, 438],
  pidfd_send_signal: [424, 424],
  fork: [57, null],
  vfork: [58, null],
  execveat: [322, 281],
  // The network
  socket: [41, 198],
  socketpair: [53, 199],
  // What the kernel offers to programs that are no submission
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  shmget: [29, 194],
  msgget: [68, 186],
  semget: [64, 190],
  mq_open: [240, 180],
  personality: [135, 92],
  vmsplice: [278, 75],
  fanotify_init: [300, 262],
  lookup_dcookie: [212, 18],
  // Namespaces and mounts
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  // Files by other ways than their path
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  mknod: [133, null],
  mknodat: [259, 33],
  // The machine
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  create_module: [174, null],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  quotactl: [179, 60],
  acct: [163, 89],
  syslog: [103, 116],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  adjtimex: [159, 171],
  clock_adjtime: [305, 266],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  vhangup: [153, 58],
  iopl: [172, null],
  ioperm: [173, null],
  modify_ldt: [154, null],
  uselib: [134, null],
  ustat: [136, null],
};

/** Threads, and only threads, may be made: told from the flags. */
export const cloneCall: Numbers = [56, 220];

/** Its flags lie in memory where a filter cannot read them. Answered with ENOSYS: the C library then uses `clone`. */
export const clone3Call: Numbers = [435, 435];

export const numberOn = (machine: Machine, [x64, arm64]: Numbers): number | null => (machine === "x64" ? x64 : arm64);

/** What the guard of L2 asks of the kernel itself, before a submission is there. */
export const guardCalls = {
  setgroups: [116, 159],
  setresgid: [119, 149],
  setresuid: [117, 147],
  prctl: [157, 167],
  kill: [62, 129],
} as const satisfies Readonly<Record<string, Numbers>>;
