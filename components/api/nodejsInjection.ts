import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { InjectedContainer } from "./injectedContainer.ts";

/** How a Node.js application is injected. */
export interface NodejsInjectionArgs {
  /**
   * End the process at SIGTERM as Node.js does without injection: the SDK's own listener keeps a server running that has none.
   * A file of a ConfigMap is loaded before the SDK; it also leaves npm out, which only starts the application. @default true
   */
  readonly endAtSigterm?: boolean;
  /**
   * Instrument what an application of ES modules imports, Node.js' own modules too: without it a server on `node:http` alone
   * has no span and no metric. @default false
   */
  readonly loaderHook?: boolean;
}

/**
 * The variable and the files of a Node.js container. The operator appends its own file to `NODE_OPTIONS`: these are loaded
 * before it.
 *
 * @param folder where the container finds the files
 * @param own what the application itself has in `NODE_OPTIONS`
 */
export function nodejsInjection(
  { endAtSigterm = true, loaderHook = false }: NodejsInjectionArgs,
  folder: string,
  own?: pulumi.Input<string>,
): InjectedContainer {
  const names = [...(endAtSigterm ? ["endAtSigterm.cjs"] : []), ...(loaderHook ? ["loaderHook.cjs"] : [])];
  if (names.length === 0) return { env: {}, files: {} };
  const options = names.map((name) => `--require ${folder}/${name}`).join(" ");
  return {
    env: { NODE_OPTIONS: own === undefined || own === "" ? options : pulumi.interpolate`${own} ${options}` },
    files: Object.fromEntries(
      names.map((name) => [name, readFileSync(join(import.meta.dirname, "preload", name), "utf8")]),
    ),
  };
}
