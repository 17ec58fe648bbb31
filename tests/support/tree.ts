import type { ProgramRun } from "../../review/program/program.ts";

/** The program's resources as an outline: children under their parents, each with what it comes after. */
export function tree({ asked }: Pick<ProgramRun, "asked">): string {
  const lines = (parent: string | undefined, indent: string): string[] =>
    asked
      .filter((resource) => resource.parent === parent)
      .flatMap(({ label, dependsOn }) => [
        `${indent}${label}${dependsOn.length > 0 ? ` < ${dependsOn.join(", ")}` : ""}`,
        ...lines(label, `${indent}  `),
      ]);
  return lines(undefined, "").join("\n");
}
