import { endpoints, partsBehindProxy } from "../../catalog/endpoints.ts";
import { ports } from "../../catalog/names.ts";
import { exposables } from "../../settings/access.ts";
import type { Settings } from "../../settings/read.ts";
import { type Flow, flowsTo, tcp } from "./flow.ts";

/** Where cert-manager's pod listens. */
const acmeSolverPort = 8089;

/** From outside the cluster to what has a host name, by what asks for a login where the stack does. */
export function accessFlows(settings: Settings): Flow[] {
  const behindProxy = partsBehindProxy(settings);
  const own = endpoints(settings);
  const flows = exposables.flatMap((part): Flow[] => {
    const endpoint = own[part];
    if (settings.access.hosts[part] === undefined || endpoint === undefined) return [];
    const to = part === "jaeger" && settings.jaegerEngine === "operator" ? "jaegerV1" : part;
    const from = behindProxy.includes(part) ? "oauth2Proxy" : "gateway";
    return [{ from, to, ports: tcp(endpoint.port), why: "people open it by its host name" }];
  });
  const { tokenUrl, userInfoUrl } = settings.oidc;
  // Grafana itself asks the provider, by two addresses.
  const login = flowsTo("grafana", [tokenUrl, userInfoUrl], "the provider says who people are");
  const others = [...login, ...browserFlows(settings), ...acmeFlows, ...hairpinFlows(settings)];
  if (behindProxy.length === 0) return [...flows, ...others];
  return [
    {
      from: "gateway",
      to: "oauth2Proxy",
      ports: tcp(ports.oauth2Proxy),
      why: "people log in before what has no login",
    },
    ...flows,
    ...flowsTo("oauth2Proxy", [settings.oidc.issuerUrl], "the provider says who they are"),
    ...others,
  ];
}

/** cert-manager starts a pod in the certificate's namespace, which the ACME server asks through the gateway. */
const acmeFlows: readonly Flow[] = [
  {
    ...{ from: "gateway", to: "acmeSolver", ports: tcp(acmeSolverPort) },
    why: "ACME servers ask whether the host name is the stack's",
  },
];

/**
 * A host that the cluster's own gateway serves: its address leads from a pod straight to the gateway's pods, and to a policy their port
 * counts, which is not the host's.
 */
function hairpinFlows(settings: Settings): Flow[] {
  const { access, oidc } = settings;
  if (access.controllerNamespace === "" || access.controllerNamespace === "*") return [];
  const why = "the host that is asked for may be one of the cluster's own gateway";
  const callers = [
    ...(access.issuer === "" ? [] : ["certManager" as const]),
    ...(oidc.tokenUrl === "" ? [] : ["grafana" as const]),
    ...(partsBehindProxy(settings).length === 0 ? [] : ["oauth2Proxy" as const]),
  ];
  return callers.map((from): Flow => ({ from, to: "gateway", ports: "all", why }));
}

/** A gateway on the nodes' own network is no pod to a policy. */
function browserFlows({ collector, access }: Settings): Flow[] {
  if (collector.corsOrigins.length === 0 || access.controllerNamespace !== "*") return [];
  return [{ from: "gateway", to: "collector", ports: tcp(ports.otlpHttp), why: "browsers send traces and metrics" }];
}
