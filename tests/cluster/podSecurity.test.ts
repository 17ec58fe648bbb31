import assert from "node:assert/strict";
import { productionExample, stackConfig } from "../../review/program/stackConfig.ts";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ResourceRequirements } from "../../catalog/containerResources.ts";
import type {
  InstrumentationSpec,
  JavaInstrumentation,
  LanguageInstrumentation,
} from "../../components/customResources/openTelemetry.ts";
import type { Language } from "../../components/api/injection.ts";
import { namespaces } from "../../catalog/names.ts";
import { podSecurityLabels } from "../../components/kubernetes/podSecurity.ts";
import { instrumentationImages } from "../../catalog/versions.ts";
import { ApiError } from "../../sandbox/cluster/api/apiError.ts";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import { injectedPod } from "../support/injectedPod.ts";
import { newUser } from "../support/newUser.ts";
import { mirror } from "../../review/program/mirror.ts";
import { asConfig, platformSettings, reachableArtifacts } from "../support/platformSandbox.ts";
import { type ProgramRun, runProgram } from "../../review/program/program.ts";
import { releaseObjects } from "../support/releaseObjects.ts";
import { find } from "../../review/program/runs.ts";
import { assertShown, shownOutput } from "../support/shownOutput.ts";
import { type PodContainer, type StackPod, stackPods } from "../support/stackPods.ts";
import { testCluster } from "../support/testCluster.ts";

const project = resolve(import.meta.dirname, "../..");
const kubernetes = toolVersion("kube-apiserver", project);

type Context = Record<string, unknown>;

/** Lines of security contexts without which Pod Security's level `restricted` refuses a pod. */
const needed: Readonly<Record<string, (context: Context) => Context>> = {
  allowPrivilegeEscalation: without("allowPrivilegeEscalation"),
  "drop: ALL": without("capabilities"),
  runAsNonRoot: without("runAsNonRoot"),
  seccompProfile: without("seccompProfile"),
};

function without(field: string) {
  return (context: Context) => Object.fromEntries(Object.entries(context).filter(([name]) => name !== field));
}

/** What Pod Security of a real API server says of every pod of the stacks. Its nodes run nothing: the pods are only offered. */
describe("The stacks' pods under Pod Security", function () {
  this.timeout(300_000);
  const test = testCluster(17_840);
  const pods = new Map<string, StackPod>();
  let injected: readonly [label: string, pod: StackPod][] = [];

  before("find all pods", async () => {
    const jaeger = { storage: "elasticsearch", elasticsearchUrl: "https://elasticsearch.example.org" };
    const settings: Record<string, Record<string, unknown>> = {
      "prod, with Jaeger on Badger": await platformSettings("prod"),
      "prod on Elasticsearch": await platformSettings("prod", { jaeger }),
      "engine operator": await platformSettings("prod", { jaeger, jaegerEngine: "operator", tls: { internal: false } }),
      [productionExample]: { ...stackConfig("prod", ".", productionExample), ...(await reachableArtifacts()) },
    };
    for (const [what, each] of Object.entries(settings)) {
      const run = await runProgram({ config: asConfig(each) });
      const found = stackPods(run, await releaseObjects(run, test().paths, kubernetes));
      const known = [...pods.values()];
      // What a run shares with the ones before is offered once.
      for (const pod of found.filter((one) => !known.some((other) => isDeepStrictEqual(one, other))))
        pods.set(`${what}: ${pod.namespace}/${pod.name}`, pod);
      await makeNamespaces(run);
      if (injected.length === 0) injected = injectedPods(run, found);
    }
  });

  /** The namespaces as the program labels them; `kube-system`, which is the cluster's, is held to the same. */
  async function makeNamespaces({ registered }: ProgramRun): Promise<void> {
    const own = registered.filter(({ inputs }) => inputs["kind"] === "Namespace");
    assert.ok(own.length > 4);
    for (const { inputs } of own) await test().apply(inputs as never);
    const metadata = { name: namespaces.metricsServer, labels: podSecurityLabels("restricted") };
    await test().apply({ apiVersion: "v1", kind: "Namespace", metadata });
  }

  /** The pod of the sample API as the operator injects it, for each language that needs no rights. */
  function injectedPods(run: ProgramRun, found: readonly StackPod[]): [string, StackPod][] {
    const spec = find(run, "Instrumentation", "Instrumentation-python").inputs["spec"] as InstrumentationSpec;
    const pod = found.find(({ name }) => name === "python-api") ?? assert.fail();
    const languages = ["python", "nodejs", "java", "dotnet"] as const satisfies Language[];
    return languages.map((language) => {
      const made: StackPod["spec"] = injectedPod(pod.spec, spec, language) as never;
      const initContainers = made.initContainers?.map((container) => ({
        ...container,
        image: instrumentationImages[language],
        resources: injectedResources(spec[language]),
      }));
      return [language, { ...pod, spec: { ...made, initContainers: initContainers ?? [] } }];
    });
  }

  /** Why the API server refuses a pod; undefined when it takes it. */
  async function refusal({ name, namespace, labels, spec }: StackPod): Promise<string | undefined> {
    const query = new URLSearchParams({ fieldManager: "test", force: "true", dryRun: "All" });
    try {
      await createTransport(test().cluster.kubeconfig)({
        method: "PATCH",
        path: `/api/v1/namespaces/${namespace}/pods/${name}-dry?${query.toString()}`,
        contentType: "application/apply-patch+yaml",
        // Accounts are made by controllers, and this is not about them.
        body: {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: `${name}-dry`, namespace, labels },
          spec: { ...spec, serviceAccountName: "default", automountServiceAccountToken: false },
        },
      });
      return undefined;
    } catch (error) {
      if (error instanceof ApiError) return error.message;
      throw error;
    }
  }

  it("takes every pod of the stacks as it is", async () => {
    const labels = [...pods.keys()];
    assert.ok(pods.size >= (mirror === undefined ? 8 : 13), labels.join(", "));
    for (const name of ["/jaeger", "/otel-sampling", "/oauth2-proxy-"])
      assert.ok(
        labels.some((label) => label.includes(name)),
        name,
      );
    for (const [label, pod] of pods) assert.equal(await refusal(pod), undefined, label);
  });

  it("takes pods as the operator injects them", async () => {
    assert.equal(injected.length, 4);
    for (const [language, pod] of injected) {
      assert.equal(pod.spec.initContainers?.length, 1, language);
      assert.equal(await refusal(pod), undefined, language);
    }
  });

  it("show the injection to kubectl as docs/services.md has it", async () => {
    const { page, command = "", text } = shownOutput("docs/services.md");
    const [, { namespace, labels, spec }] = injected[0] ?? assert.fail();
    const name = /^python-api-\S+/m.exec(text)?.[0] ?? assert.fail(text);
    await test().apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "shown", namespace } });
    await test().apply({
      ...{ apiVersion: "v1", kind: "Pod", metadata: { name, namespace, labels } },
      spec: { ...spec, serviceAccountName: "shown", automountServiceAccountToken: false },
    });
    assertShown({ page, text }, await newUser(() => test().paths).types(command));
  });

  it("have requests and a memory limit on every container, init containers and injected ones included", function () {
    if (mirror === undefined) this.skip(); // the stand-ins ask for nothing
    for (const [label, { spec }] of [...pods, ...injected]) {
      for (const { name, resources } of [...(spec.initContainers ?? []), ...spec.containers]) {
        const { requests, limits } = resources ?? {};
        const said = [requests?.["cpu"], requests?.["memory"], limits?.["memory"]];
        assert.ok(said.every(Boolean), `${label}: ${name}: ${JSON.stringify(resources)}`);
      }
    }
  });

  for (const [line, remove] of Object.entries(needed)) {
    it(`refuses each pod without the line ${line}`, async () => {
      const all = [
        ...[...pods].filter(([, { namespace }]) => namespace !== namespaces.nodeAgents),
        ...injected.map(([language, pod]) => [`injected ${language}`, pod] as const),
      ];
      for (const [label, pod] of all) {
        assert.match((await refusal(changed(pod, remove))) ?? "", /violates PodSecurity "restricted:v/, label);
      }
    });
  }

  it("refuses an injected container that has lost a line of its own", async () => {
    for (const [language, pod] of injected) {
      for (const line of ["allowPrivilegeEscalation", "drop: ALL"]) {
        const [copying = assert.fail()] = pod.spec.initContainers ?? [];
        const initContainers = [changedContainer(copying, needed[line] ?? assert.fail())];
        const answer = await refusal({ ...pod, spec: { ...pod.spec, initContainers } });
        assert.match(answer ?? "", /violates PodSecurity "restricted:v/, `${language} ${line}`);
      }
    }
  });
});

function injectedResources(language: LanguageInstrumentation | JavaInstrumentation): ResourceRequirements {
  return "resources" in language ? language.resources : language.resourceRequirements;
}

/** The pod with a change of all its security contexts. */
function changed(pod: StackPod, change: (context: Context) => Context): StackPod {
  const { initContainers = [], containers, securityContext = {} } = pod.spec;
  return {
    ...pod,
    spec: {
      ...pod.spec,
      securityContext: change(securityContext as Context),
      initContainers: initContainers.map((container) => changedContainer(container, change)),
      containers: containers.map((container) => changedContainer(container, change)),
    },
  };
}

function changedContainer(container: PodContainer, change: (context: Context) => Context): PodContainer {
  return { ...container, securityContext: change((container.securityContext ?? {}) as Context) };
}
