import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** How a fake program answers to some arguments. */
export interface FakeAnswer {
  /** Part of the arguments, joined by blanks; the first answer that fits is given. */
  readonly when: string;
  /** Goes to standard output. */
  readonly output?: string;
  /** Goes to standard error. */
  readonly error?: string;
  /** @default 0 */
  readonly code?: number;
}

/** A call of a fake program. */
export interface FakeCall {
  readonly program: string;
  readonly args: readonly string[];
  /** What was written to its standard input. */
  readonly input: string;
}

/** Programs that cannot be had here, such as `pulumi` and `gh`: they note how they are called and give recorded answers. */
export class FakePrograms {
  readonly #folder: string;
  readonly #calls: string;

  /**
   * @param folder an empty one, for the programs
   * @param answers by program
   */
  constructor(folder: string, answers: Readonly<Record<string, readonly FakeAnswer[]>>) {
    this.#folder = folder;
    this.#calls = join(folder, "calls.jsonl");
    for (const [program, own] of Object.entries(answers)) {
      writeFileSync(join(folder, program), source(program, own, this.#calls), { mode: 0o755 });
    }
  }

  /** PATH with the fakes first. */
  get path(): string {
    return [this.#folder, process.env["PATH"]].join(delimiter);
  }

  /** All calls until now, in their order. */
  calls(): FakeCall[] {
    if (!existsSync(this.#calls)) return [];
    const lines = readFileSync(this.#calls, "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line) as FakeCall);
  }
}

function source(program: string, answers: readonly FakeAnswer[], calls: string): string {
  return `#!${process.execPath}
const { appendFileSync, readFileSync, writeSync } = require("node:fs");
const args = process.argv.slice(2);
const input = args.includes("--input") ? readFileSync(0, "utf8") : "";
appendFileSync(${JSON.stringify(calls)}, JSON.stringify({ program: ${JSON.stringify(program)}, args, input }) + "\\n");
const answer = ${JSON.stringify(answers)}.find(({ when }) => args.join(" ").includes(when));
if (answer === undefined) {
  writeSync(2, "no answer to " + args.join(" ") + "\\n");
  process.exit(99);
}
writeSync(1, answer.output ?? "");
writeSync(2, answer.error ?? "");
process.exit(answer.code ?? 0);
`;
}
