import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { StringDecoder } from "node:string_decoder";

/** A container whose program runs on this machine. */
export interface LocalContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** What stands for the uid of a pod of this machine. */
const uid = "local";

/** The file that a container runtime would write. */
export function runtimeFile(pods: string, { namespace, pod, container }: LocalContainer): string {
  return path.join(pods, `${namespace}_${pod}_${uid}`, container, "0.log");
}

/** A line as a container runtime writes it. */
export function runtimeLine(text: string, time: Date): string {
  return `${time.toISOString()} stdout F ${text}\n`;
}

/** Takes a program's output from its file to that of a container runtime. */
export class OutputCopy {
  readonly #from: string;
  readonly #to: string;
  #offset = 0;
  #rest = "";
  #decoder = new StringDecoder("utf8");

  /** What has been copied by a process before this one is not copied again. */
  constructor(from: string, to: string) {
    [this.#from, this.#to] = [from, to];
    if (existsSync(to) && existsSync(from)) this.#offset = statSync(from).size;
    mkdirSync(path.dirname(to), { recursive: true });
  }

  /** Copies the whole lines that came since. */
  copy(now: Date): void {
    if (!existsSync(this.#from)) return;
    const { size } = statSync(this.#from);
    // The program was started anew.
    if (size < this.#offset) [this.#offset, this.#rest, this.#decoder] = [0, "", new StringDecoder("utf8")];
    if (size === this.#offset) return;
    const lines = (this.#rest + this.#read(size)).split("\n");
    this.#rest = lines.pop() ?? "";
    appendFileSync(this.#to, lines.map((text) => runtimeLine(text, now)).join(""));
  }

  #read(size: number): string {
    const bytes = Buffer.alloc(size - this.#offset);
    const file = openSync(this.#from, "r");
    try {
      this.#offset += readSync(file, bytes, 0, bytes.length, this.#offset);
    } finally {
      closeSync(file);
    }
    return this.#decoder.write(bytes);
  }
}

/** Milliseconds between two looks: a line's time is late by at most that. */
const pace = 50;

// Run as a program: the arguments are pairs of files, from and to.
if (import.meta.filename === process.argv[1]) {
  const files = process.argv.slice(2);
  const copies = files.flatMap((to, at) => (at % 2 === 1 ? [new OutputCopy(files[at - 1] ?? "", to)] : []));
  setInterval(() => {
    for (const copy of copies) copy.copy(new Date());
  }, pace);
}
