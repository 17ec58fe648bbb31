import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { Browser, Page as Tab } from "playwright-core";
import { findChromium, startChromium } from "../../page/chromium.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { eventually } from "./eventually.ts";
import { skipUnless } from "./prerequisites.ts";

/** Skips a test without a browser; in CI that is an error. */
export function requireChromium(context: Mocha.Context): void {
  skipUnless(context, findChromium() !== undefined, "Chromium on PATH");
}

/** A sandbox's page in a browser. */
export interface ServedTab {
  readonly tab: Tab;
  /** Ends the browser, and what serves the page. */
  readonly close: () => Promise<void>;
}

/**
 * Serves the page of a sandbox and opens a browser.
 *
 * @param url where the page will be
 * @param flags that tell the sandbox apart on the command line
 */
export async function openTab(url: string, flags: readonly string[]): Promise<ServedTab> {
  const argv = ["--import", "./runTypeScript.mjs", "sandbox/main.ts", "open", ...flags];
  const server = spawn(process.execPath, argv, { cwd: sandboxPaths().project, stdio: "ignore" });
  const ended = new Promise((resolve) => server.once("close", resolve));
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    server.kill("SIGINT");
    await ended;
  };
  try {
    browser = await startChromium();
    const tab = await browser.newPage();
    await eventually(async () => {
      assert.equal((await fetch(url)).status, 200);
    }, 60_000);
    return { tab, close };
  } catch (error) {
    await close();
    throw error;
  }
}
