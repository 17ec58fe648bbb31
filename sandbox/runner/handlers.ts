import { UserError } from "../errors.ts";
import { objectHandler, readObject } from "./resources/object.ts";
import { passwordHandler } from "./resources/password.ts";
import { patchHandler } from "./resources/patch.ts";
import { releaseHandler } from "./resources/release.ts";
import { stackReferenceHandler } from "./resources/stackReference.ts";
import type { Handler } from "./step.ts";

const byType: Record<string, Handler> = {
  "kubernetes:helm.sh/v3:Release": releaseHandler,
  "pulumi:pulumi:StackReference": stackReferenceHandler,
  "random:index/randomPassword:RandomPassword": passwordHandler,
};

const readHandler: Handler = { identity: () => undefined, apply: readObject };

/**
 * What applies a resource.
 *
 * @param type Pulumi's type
 * @param id given when the program only reads the resource
 * @throws UserError for a type that the sandbox cannot apply.
 */
export function handlerFor(type: string, inputs: Record<string, unknown>, id?: string): Handler {
  const special = byType[type];
  if (special !== undefined) return special;
  if (type.startsWith("kubernetes:") && id !== undefined) return readHandler;
  const { apiVersion, kind } = inputs;
  const isObject = type.startsWith("kubernetes:") && typeof apiVersion === "string" && typeof kind === "string";
  // The SDK's patch types are called like the kind with "Patch" behind it.
  if (isObject && type.endsWith(`:${kind}Patch`)) return patchHandler;
  if (isObject) return objectHandler;
  throw new UserError(
    `the sandbox cannot apply this type: it knows objects of the Kubernetes API and their patches, ` +
      Object.keys(byType).join(", "),
  );
}
