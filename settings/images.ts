import { z } from "zod";
import { secretName } from "./bounds.ts";

export const imagesSchema = z.strictObject({
  /** Registry that holds every image, instead of upstream's hosts: host, port and path. @default "" - upstream */
  registry: z
    .string()
    .regex(
      /^([a-z0-9.-]+(:\d+)?(\/[a-z0-9._/-]*[a-z0-9])?)?$/,
      "empty, or host, port and path of a registry such as registry.example.org/mirror",
    )
    .default(""),
  /** Secrets of type `kubernetes.io/dockerconfigjson`, in every namespace of the stack, that pods pull with. @default [] */
  pullSecrets: z.array(secretName).default([]),
});
