import { globSync } from "node:fs";
import { availableParallelism } from "node:os";

/** A part of the tests: test files have nothing in common, such as ports, so some run at one time. */
export interface TestPart {
  /** Patterns of its files. */
  readonly files: readonly string[];
  /** Those that take longest, in whole paths. They start first: one that starts last runs alone. @default none */
  readonly first?: readonly string[];
  /** How many files run at one time. */
  readonly jobs: number;
}

/** The parts by their names. */
export type TestParts = Readonly<Record<string, TestPart>>;

const processors = Math.max(2, availableParallelism());

/** Tests that take longer than those of one file's functions, by what they are about; all others are the part `unit`. */
export const testParts = {
  unit: { files: ["tests/**/*.test.ts"], jobs: processors },
  program: {
    files: ["tests/program/**/*.test.ts", "tests/policy/**/*.test.ts", "tests/runTypeScript.test.ts"],
    jobs: processors,
  },
  commands: {
    files: ["tests/scripts/*.test.ts", "tests/workflows/**/*.test.ts", "tests/sandbox/programs/tools.test.ts"],
    jobs: processors,
  },
  alerting: { files: ["tests/alerting/**/*.test.ts"], first: ["tests/alerting/mutations.test.ts"], jobs: processors },
  cluster: {
    files: ["tests/cluster/**/*.test.ts"],
    first: ["teamApi", "platform", "kill", "faults"].map((name) => `tests/cluster/${name}.test.ts`),
    // A cluster's programs wait for each other.
    jobs: processors + 1,
  },
  // It runs its applications beside each other itself.
  harmless: { files: ["tests/harmless/harmless.test.ts"], jobs: 1 },
  telemetry: {
    files: ["tests/telemetry/**/*.test.ts"],
    first: ["sandbox", "alerts", "faults", "restarts"].map((name) => `tests/telemetry/${name}.test.ts`),
    // They mostly wait, and run beside all others.
    jobs: 3,
  },
} as const satisfies TestParts;

/**
 * The files of each part, in the order in which they start; those that several parts name are the last one's.
 *
 * @param project folder that holds them
 */
export function filesOfParts<const Name extends string>(
  parts: Readonly<Record<Name, TestPart>>,
  project: string,
): Record<Name, string[]> {
  const found = Object.entries<TestPart>(parts).map(([name, { files, first = [] }]) => {
    const all = globSync([...files], { cwd: project }).sort();
    return [name, [...new Set([...first, ...all])]] as const;
  });
  const others = (name: string) => {
    const from = found.findIndex(([each]) => each === name);
    return new Set(found.slice(from + 1).flatMap(([, files]) => files));
  };
  return Object.fromEntries(
    found.map(([name, files]) => [name, files.filter((file) => !others(name).has(file))]),
  ) as Record<Name, string[]>;
}
