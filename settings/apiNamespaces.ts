import { z } from "zod";
import { integer, optionalQuantity } from "./bounds.ts";

/** What the settings of namespaces of APIs look like. */
export const apiNamespacesSchema = z.strictObject({
  /** Processors that all pods of such a namespace request together. @default "" - no bound */
  cpu: z
    .string()
    .regex(/^([1-9]\d*m?)?$/, "empty, or a number of processors such as 4 or 500m")
    .default(""),
  /** Sum of the memory limits of all pods of such a namespace. @default "" - no bound */
  memory: optionalQuantity.default(""),
  /** Pods of such a namespace. @default 0 - no bound */
  pods: integer(0, 100_000).default(0),
});
