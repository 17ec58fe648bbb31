import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** Bytes of a piece into which a container runtime cuts a long line. */
const pieceBytes = 16_384;

/** The uid of a pod. */
export function runtimeUid(pod: string): string {
  return `0b5dce4e-${pod}`;
}

/** The files of a pod's container, as a container runtime writes them and the kubelet rotates them. */
export class RuntimeLogs {
  readonly pod: string;
  readonly folder: string;
  readonly file: string;
  #rotations = 0;

  /** @param root that of all pods, as `/var/log/pods` */
  constructor(root: string, pod: string, namespace = "shop") {
    this.pod = pod;
    this.folder = path.join(root, `${namespace}_${pod}_${runtimeUid(pod)}`);
    mkdirSync(path.join(this.folder, "app"), { recursive: true });
    this.file = path.join(this.folder, "app", "0.log");
  }

  /** Writes lines that an application printed. */
  write(lines: readonly string[], stream: "stdout" | "stderr" = "stdout", time?: string): void {
    this.append(lines.map((text) => pieces(text, stream, time)).join(""));
  }

  /** Writes what the runtime would. */
  append(text: string | Buffer): void {
    appendFileSync(this.file, text);
  }

  /** As the kubelet does: the file gets another name, and a new one is begun. */
  rotate(): string {
    this.#rotations += 1;
    const rotated = `${this.file}.20261128-1200${String(this.#rotations).padStart(2, "0")}`;
    renameSync(this.file, rotated);
    return rotated;
  }

  /** As the kubelet does with an older one: beside it, then in its place. */
  compress(rotated: string): void {
    writeFileSync(`${rotated}.tmp`, gzipSync(readFileSync(rotated)));
    renameSync(`${rotated}.tmp`, `${rotated}.gz`);
    rmSync(rotated);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A line in the runtime's format: in pieces where it is long. */
export function pieces(text: string, stream = "stdout", time?: string): string {
  const count = Math.max(1, Math.ceil(text.length / pieceBytes));
  return Array.from({ length: count }, (_, at) => {
    const tag = at === count - 1 ? "F" : "P";
    return `${time ?? now()} ${stream} ${tag} ${text.slice(at * pieceBytes, (at + 1) * pieceBytes)}\n`;
  }).join("");
}

let lastTime = 0n;

/** The present in nanoseconds, each time later, and without zeros at its end, as the runtime writes it. */
export function now(): string {
  const time = BigInt(Date.now()) * 1_000_000n;
  lastTime = time > lastTime ? time : lastTime + 1n;
  const seconds = new Date(Number(lastTime / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = (lastTime % 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`;
}
