import * as pulumi from "@pulumi/pulumi";
import { mebibytes } from "../../settings/quantities.ts";
import type { Language } from "./injection.ts";

/**
 * The smallest memory limit of a container with injection, in MiB, by language: what a server of one trivial route takes, as
 * the table in docs/injection.md has it, and at least a fifth more. Go is injected by a container of its own; .NET was not measured.
 */
export const smallestMemory: Readonly<Partial<Record<Language, number>>> = { python: 96, nodejs: 176, java: 272 };

/**
 * Checks that a container survives its injection.
 *
 * @param limit memory limit of the container
 * @throws pulumi.RunError in one line that names the limit and the one that would do
 */
export function checkMemory(name: string, language: Language, limit: string): void {
  const smallest = smallestMemory[language];
  // Another unit than those of the settings gives NaN.
  if (smallest === undefined || mebibytes(limit) >= smallest) return;
  throw new pulumi.RunError(
    `InstrumentedApi ${name}: resources.memoryLimit is ${limit}: must be ${smallest}Mi or more, in Mi or Gi, with the injection of ${language}`,
  );
}
