import { spawnSync } from "node:child_process";
import { asProcessOne } from "../support/processOne.ts";
import type { Case } from "./cases.ts";

const works = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { stdio: "ignore" }).status === 0;

const seen = new Map<string, boolean>();

function has(what: string, check: () => boolean): boolean {
  const known = seen.get(what) ?? check();
  seen.set(what, known);
  return known;
}

/** What this machine lacks for a case, in words; undefined when it has all. */
export function missing({ application, processOne }: Case): string | undefined {
  if (application.language === "java" && !has("java", () => works("javac", "-version") && works("mvn", "--version"))) {
    return "a JDK and Maven, which fetches the agent";
  }
  if (processOne && asProcessOne === undefined) return "unshare with the right to make PID namespaces";
  return undefined;
}
