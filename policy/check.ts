import type { KubernetesObject } from "./kubernetesObject.ts";

/** A check looks at one object and gives what is wrong with it, in words that name the place. */
export type Check = (object: KubernetesObject) => string[];
