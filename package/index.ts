/** What a team's own Pulumi program uses of the platform. */

export { type AutoscalingArgs, InstrumentedApi, type InstrumentedApiArgs } from "../components/api/instrumentedApi.ts";
export type { InjectionArgs, Language } from "../components/api/injection.ts";
export { ownNamespace } from "../components/kubernetes/namespace.ts";
export type { NamespaceQuota } from "../components/kubernetes/namespaceQuota.ts";
export type { PodSecurityLevel } from "../components/kubernetes/podSecurity.ts";
export { collectorCa } from "../components/tls/collectorCa.ts";
export { usualMonitorLimits } from "../components/tenancy/monitorLimits.ts";
export {
  type PlatformOutputs,
  type PlatformRequest,
  type PlatformSource,
  type PlatformValues,
  type PublicOutput,
  readPlatform,
} from "../outputs/read.ts";
