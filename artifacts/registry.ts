import { ArtifactError } from "./artifactError.ts";
import { type DownloadOptions, download, type RequestOptions } from "./download.ts";
import { jsonOf } from "./parsed.ts";
import { isLoopback } from "./safeUrl.ts";

/** What is asked of a registry of the OCI distribution that anybody may read. */

/**
 * Address of a registry's API.
 *
 * @param host with or without a port
 */
export function registryApi(host: string): string {
  // As container tools do it: a registry on this machine has no certificate.
  return `${isLoopback(new URL(`http://${host}`)) ? "http" : "https"}://${host}/v2/`;
}

/**
 * Holds what a registry answered to the digest that was asked for.
 *
 * @param checksum SHA-256 of the answer
 * @throws ArtifactError in one line
 */
export function checkDigest(checksum: string, digest: string, url: string): void {
  if (digest !== `sha256:${checksum}`) throw new ArtifactError(`${url} has another content: nothing of it is used`);
}

/**
 * How a registry is asked by somebody without an account.
 *
 * @param registry URL of what is asked for
 */
export function anonymously(registry: string, options: DownloadOptions): RequestOptions {
  return { ...options, authorize: (challenge) => anonymousToken(challenge, new URL(registry), options) };
}

/**
 * What a registry wants to see from somebody without an account.
 *
 * @param challenge the header `www-authenticate` of its answer
 * @throws ArtifactError where that is a login, or a registry elsewhere names a server of this machine
 */
async function anonymousToken(challenge: string, registry: URL, options: DownloadOptions): Promise<string> {
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
  const realm = field("realm");
  if (!/^bearer /i.test(challenge) || realm === undefined || !URL.canParse(realm)) {
    throw new ArtifactError("the registry wants a login");
  }
  const url = new URL(realm);
  if (isLoopback(url) && !isLoopback(registry)) {
    throw new ArtifactError(`the registry ${registry.host} sends to ${url.host}, which is this machine`);
  }
  for (const name of ["service", "scope"]) {
    const value = field(name);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const answer = await download(url.href, options);
  const { token, access_token: other } = (answer === undefined ? {} : jsonOf(answer, realm)) as {
    token?: string;
    access_token?: string;
  };
  return `Bearer ${token ?? other ?? ""}`;
}
