import { type Exposable, exposables } from "../settings/access.ts";
import type { Settings } from "../settings/read.ts";

/** Where people outside the cluster open each part; null where it has no host name. */
export type PublicUrls = Readonly<Record<Exposable, string | null>>;

/** The only paths of VictoriaLogs that are let in: others write and delete. */
export const logsPath = "/select/";

/** The public URL of each part, over TLS always. */
export function publicUrls({ access: { hosts } }: Pick<Settings, "access">): PublicUrls {
  const urls = exposables.map((part) => {
    const host = hosts[part];
    return [part, host === undefined ? null : `https://${host}${part === "logs" ? `${logsPath}vmui/` : ""}`];
  });
  return Object.fromEntries(urls) as PublicUrls;
}
