import { z } from "zod";
import { distinct, hostForm, imagePart, secretName } from "./bounds.ts";

export const imagesSchema = z.strictObject({
  /** Registry that holds every image, instead of upstream's hosts: host, port and path. @default "" - upstream */
  registry: z
    .string()
    .refine(isRegistry, "empty, or host, port and path of a registry such as registry.example.org/mirror")
    .default(""),
  /** Secrets of type `kubernetes.io/dockerconfigjson`, in every namespace of the stack, that pods pull with. @default [] */
  pullSecrets: distinct(secretName).default([]),
});

const registryForm = new RegExp(`^(?<host>${hostForm})(?:/${imagePart})*$`);

/** Without a dot or a port, the first part of an image's name is no host: the image would be asked of Docker Hub. */
function isRegistry(text: string): boolean {
  if (text === "") return true;
  const host = registryForm.exec(text)?.groups?.["host"] ?? "";
  return /^localhost$|[.:]/.test(host) && host === host.toLowerCase() && URL.canParse(`https://${host}`);
}
