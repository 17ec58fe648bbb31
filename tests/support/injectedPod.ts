import type { Language } from "../../components/api/injection.ts";
import type { InstrumentationSpec } from "../../components/customResources/openTelemetry.ts";
import type { StartedContainer, StartedPod, UserContext } from "./podStart.ts";

/** Security contexts of an Instrumentation, as far as a stack sets them. */
export type SecurityContexts = Partial<Pick<InstrumentationSpec, "initContainerSecurityContext">> & {
  readonly go?: { readonly securityContext?: UserContext };
};

/**
 * The containers of a pod after the OpenTelemetry operator 0.158 injected it (`internal/instrumentation`: `sdk.go`, `golang.go`), with
 * their security contexts. A test holds it to what the operator itself made of the same pods.
 *
 * @param names the annotation `container-names`. @default the first container
 */
export function injectedPod(
  pod: StartedPod,
  spec: SecurityContexts,
  language: Language,
  names: readonly string[] = [],
): StartedPod {
  if (language === "go") {
    // It has nothing for an init container, and looks at the first name only.
    if (pod.initContainers?.some(({ name }) => name === names[0])) return pod;
    const securityContext = spec.go?.securityContext ?? { runAsUser: 0, privileged: true };
    const sidecar = { name: "opentelemetry-auto-instrumentation", securityContext };
    return { ...pod, containers: [...pod.containers, sidecar] };
  }
  const { initContainers = [], containers } = pod;
  const all = [...initContainers, ...containers];
  // Init containers come first, in their order.
  const wanted = all.filter(({ name }) => names.includes(name));
  const [first] = names.length === 0 ? containers : wanted;
  const securityContext = spec.initContainerSecurityContext ?? first?.securityContext;
  const copying: StartedContainer = {
    name: `opentelemetry-auto-instrumentation-${language}`,
    ...(securityContext ? { securityContext } : {}),
  };
  // Before the first of the pod's own that is injected, else last.
  const at = initContainers.findIndex(({ name }) => name === first?.name);
  const index = at < 0 ? initContainers.length : at;
  return { ...pod, initContainers: [...initContainers.slice(0, index), copying, ...initContainers.slice(index)] };
}
