import * as pulumi from "@pulumi/pulumi";
import type { InjectionArgs, Language } from "./injection.ts";
import { nodejsInjection } from "./nodejsInjection.ts";
import { pythonInjection } from "./pythonInjection.ts";

/** What a container gets for its injection. */
export interface InjectedContainer {
  /** Variables, by name; they take the place of the application's own of the same name. */
  readonly env: Readonly<Record<string, pulumi.Input<string>>>;
  /** Content of the files that are mounted, by their paths in the folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where a container finds the files that it gets: a folder of its own hides nothing of the image. */
export const filesFolder = "/fluffy-observability";

/** The variables by which a runtime loads what is injected. The operator can add to a plain value only. */
const loaders: Readonly<Record<Language, readonly string[]>> = {
  python: ["PYTHONPATH"],
  nodejs: ["NODE_OPTIONS"],
  java: ["JAVA_TOOL_OPTIONS"],
  dotnet: ["DOTNET_STARTUP_HOOKS", "DOTNET_ADDITIONAL_DEPS", "DOTNET_SHARED_STORE"],
  go: [],
};

/**
 * What a container needs besides its annotations, so that the application does with injection what it does without.
 *
 * @param own the application's own variables, by name; the operator adds to those that load its packages
 * @param secrets names of the variables that come from Secrets
 * @throws pulumi.RunError when an argument of the injection does not fit, or the operator would inject nothing
 */
export function injectedContainer(
  { language, python = {}, nodejs = {} }: InjectionArgs,
  own: Readonly<Record<string, pulumi.Input<string>>>,
  secrets: readonly string[],
): InjectedContainer {
  const secret = secrets.find((name) => loaders[language].includes(name));
  if (secret !== undefined) {
    throw new pulumi.RunError(
      `secrets has ${secret}: must be in env, since the operator injects nothing into a container that has it from a Secret`,
    );
  }
  if (language === "python") return pythonInjection(python, filesFolder, own["PYTHONPATH"]);
  if (language === "nodejs") return nodejsInjection(nodejs, filesFolder, own["NODE_OPTIONS"]);
  return { env: {}, files: {} };
}
