import { type Endpoint, endpoints, partsBehindProxy } from "../../catalog/endpoints.ts";
import { namespaces, ports, resources } from "../../catalog/names.ts";
import { logsPath } from "../../catalog/publicUrls.ts";
import { type Exposable, exposables } from "../../settings/access.ts";
import type { Settings } from "../../settings/read.ts";
import { sourceOf } from "../tls/sources.ts";

/** A part with a host name, and where its requests go. */
export interface Exposed {
  readonly part: Exposable;
  readonly host: string;
  /** The Service that requests come to first: the part's own, or that of what asks for a login. */
  readonly entry: Endpoint;
  /** What the paths of requests begin with. */
  readonly path: string;
}

/** A proxy that asks for a login. */
export interface LoginProxy {
  /** Of the Deployment and the Service. */
  readonly name: string;
  readonly host: string;
  /** What is behind it; only paths below that of this URL are. */
  readonly upstream: string;
  /** Secret in `observability` with the CA of that, under `ca.crt`. @default - it has no certificate */
  readonly caSecret?: string;
}

/** The parts that have a host name. */
export function exposedParts(settings: Settings): Exposed[] {
  const own = endpoints(settings);
  const behindProxy = partsBehindProxy(settings);
  return exposables.flatMap((part) => {
    const { [part]: host } = settings.access.hosts;
    const endpoint = own[part];
    if (host === undefined || endpoint === undefined) return [];
    // The proxy has paths of its own, and lets no others through.
    if (behindProxy.includes(part)) return [{ part, host, entry: proxyEndpoint(part), path: "/" }];
    return [{ part, host, entry: endpoint, path: pathOf(part) }];
  });
}

/** The proxies of a stack: each stands before one part, since oauth2-proxy knows paths, but no hosts. */
export function loginProxies(settings: Settings): LoginProxy[] {
  const own = endpoints(settings);
  return partsBehindProxy(settings).flatMap((part) => {
    const { [part]: host } = settings.access.hosts;
    const endpoint = own[part];
    if (host === undefined || endpoint === undefined) return [];
    const { url, ...ca } = sourceOf(part, endpoint);
    return [{ name: proxyEndpoint(part).service, host, upstream: `${url}${pathOf(part)}`, ...ca }];
  });
}

function proxyEndpoint(part: Exposable): Endpoint {
  return { namespace: namespaces.observability, service: `${resources.oauth2Proxy}-${part}`, port: ports.oauth2Proxy };
}

function pathOf(part: Exposable): string {
  return part === "logs" ? logsPath : "/";
}
