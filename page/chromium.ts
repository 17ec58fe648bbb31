import { type Browser, chromium } from "playwright-core";
import { UserError } from "../cli/errors.ts";
import { firstProgram, pathFolders } from "../cli/onPath.ts";

/** Debian's name, and those of other systems. */
const names = ["chromium", "chromium-browser", "google-chrome"];

/** Path of the Chromium on PATH; undefined where there is none. */
export function findChromium(): string | undefined {
  const folders = pathFolders();
  return names.map((name) => firstProgram(name, folders)).find((file) => file !== undefined);
}

/**
 * Starts the Chromium of this machine, without a window.
 *
 * @throws UserError where there is none
 */
export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new UserError(`none of ${names.join(", ")} is on PATH: install one of them`);
  // As root, which CI is, Chromium has no sandbox.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
