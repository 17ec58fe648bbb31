import { ArtifactError } from "./artifactError.ts";

/**
 * What a downloaded text says.
 *
 * @throws ArtifactError where it cannot be understood
 */
export function parsed(parse: () => unknown, url: string): unknown {
  try {
    return parse();
  } catch {
    throw new ArtifactError(`${url} cannot be understood: a page for people may be in its place`);
  }
}

/** The same of JSON. */
export function jsonOf(content: Uint8Array, url: string): unknown {
  return parsed(() => JSON.parse(Buffer.from(content).toString("utf8")) as unknown, url);
}
