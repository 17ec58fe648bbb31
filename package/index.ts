/** What a team's own Pulumi program uses of the platform. */

export { type AutoscalingArgs, InstrumentedApi, type InstrumentedApiArgs } from "../components/api/instrumentedApi.ts";
export type { InjectionArgs, Language } from "../components/api/injection.ts";
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
