import type { Step, World } from "../../sandbox/runner/step.ts";
import type { FakeApi } from "./fakeApi.ts";
import { silentReport } from "./silentReport.ts";

/** A registration as the runner hands it to a handler. */
export function stepOf(type: string, name: string, inputs: Record<string, unknown>, changed: Partial<Step> = {}): Step {
  const rest = { id: undefined, timeouts: {}, secret: new Set<string>(), hasUnknown: false };
  return { type, name, inputs, ...rest, activity: silentReport.activity(""), ...changed };
}

/** What a handler works with: an API server in memory, and no Helm. */
export function worldOf(api: FakeApi, changed: Partial<World> = {}): World {
  return {
    client: api.client,
    cluster: { kubeconfig: "", server: "" },
    ...{ dryRun: false, folder: "", scope: "p.dev", signal: new AbortController().signal },
    outputsOf: () => ({}),
    syncOperators: () => Promise.resolve(),
    helm: { program: "/no/helm/here", kubeconfig: "", state: "", signal: new AbortController().signal },
    note: () => undefined,
    ...changed,
  };
}
