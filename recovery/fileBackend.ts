import { fileURLToPath } from "node:url";

/**
 * Folder of the backend that pulumi is logged in to; undefined for one that is no folder.
 *
 * @param pulumi runs it and gives what it prints
 */
export async function fileBackend(pulumi: (...args: string[]) => Promise<string>): Promise<string | undefined> {
  const { url = "" } = JSON.parse(await pulumi("whoami", "--json")) as { url?: string };
  if (!url.startsWith("file://")) return undefined;
  // `file://~` stands for the home folder.
  return url.startsWith("file://~") ? url.replace("file://~", process.env.HOME ?? "") : fileURLToPath(url);
}
