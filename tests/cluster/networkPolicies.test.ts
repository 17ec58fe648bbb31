import assert from "node:assert/strict";
import { resolve } from "node:path";
import { type Flow, isOutsider, namespaceOf } from "../../components/network/flow.ts";
import { stackFlows } from "../../components/network/flows.ts";
import { type NetworkPolicy, networkPolicies } from "../../components/network/policies.ts";
import { allWorkloads, stackWorkloads, type Workload } from "../../components/network/workloads.ts";
import { parseSettings, type Settings } from "../../settings/read.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import { type PolicyEngine, policyEngine, type Traffic, type TrafficEnd } from "../support/policyEngine.ts";
import { madeLater, others } from "../support/trafficEnds.ts";
import { asConfig, platformSettings } from "../support/platformSandbox.ts";
import { runProgram } from "../../review/program/program.ts";
import { releaseObjects } from "../support/releaseObjects.ts";
import { stacks } from "../../review/program/runs.ts";
import { variants as programVariants } from "../../review/program/variants.ts";
import { type StackPod, stackPods } from "../support/stackPods.ts";

const project = resolve(import.meta.dirname, "../..");
const kubernetes = toolVersion("kube-apiserver", project);

/** Other settings that change which flows there are, by what they are. */
const elasticsearch = { storage: "elasticsearch", elasticsearchUrl: "https://elasticsearch.example.org:9200" };
const variants: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...Object.fromEntries(stacks.map((stack) => [stack, {}])),
  "engine operator on Elasticsearch": {
    ...{ jaegerEngine: "operator", tls: { internal: false } },
    jaeger: { ...elasticsearch, elasticsearchIndexPrefix: "prod", elasticsearchRetentionDays: 7 },
  },
  "Jaeger elsewhere": {
    parts: { jaeger: false },
    jaeger: { endpoint: "jaeger.example.org:4317", url: "https://jaeger.example.org" },
  },
  "tail sampling": { collector: { tailSampling: { enabled: true } }, instrumentation: { samplingRatio: 1 } },
  "hosts behind oauth2-proxy": exposed("hosts behind oauth2-proxy"),
  "hosts behind a gateway that asks for a login": exposed("hosts behind an Ingress controller that asks for a login"),
  "hosts behind a gateway at any address": exposed("hosts behind oauth2-proxy", "*"),
  "Grafana in a database of the site": variant("Grafana in a database of the site"),
  "shards of Prometheus": variant("shards of Prometheus"),
  "the API server's addresses": { networkPolicies: { enabled: true, apiServerCidrs: ["10.0.0.1/32"] } },
};

/** The settings of a variant of the program. */
function variant(name: string): Readonly<Record<string, object>> {
  const entries = Object.entries(programVariants[name] ?? assert.fail(name));
  return Object.fromEntries(entries.map(([key, text]) => [key, JSON.parse(text) as object]));
}

/** Settings by which parts have host names, and where the pods are that bring requests. */
function exposed(name: string, controllerNamespace = "ingress"): Readonly<Record<string, unknown>> {
  const { access, ...others } = variant(name);
  return { ...others, access: { ...access, controllerNamespace } };
}

/** A stack with its policies and the ends of what goes through its network. */
interface Stack {
  readonly settings: Settings;
  readonly policies: readonly Policy[];
  readonly pods: readonly StackPod[];
  readonly ends: readonly TrafficEnd[];
}

interface Policy {
  metadata: { name: string; namespace: string };
  spec: { podSelector: object; ingress: unknown[]; egress: unknown[] };
}

describe("the network of the stacks", function () {
  this.timeout(300_000);
  const made = new Map<string, Stack>();
  let ask: PolicyEngine;

  before("build the policy engine and find all pods", async () => {
    ask = await policyEngine();
    for (const [what, more] of Object.entries(variants)) {
      const stack = stacks.find((name) => name === what) ?? "prod";
      made.set(what, await makeStack(stack, { networkPolicies: { enabled: true }, ...more }));
    }
  });

  const stackOf = (what: string) => made.get(what) ?? assert.fail(what);

  for (const what of Object.keys(variants)) {
    it(`has every pod of a namespace of its own in the table, under one name: ${what}`, () => {
      const { settings, pods } = stackOf(what);
      const workloads = stackWorkloads(settings);
      const own = new Set(workloads.map((name) => allWorkloads[name].namespace));
      const inOwn = pods.filter(({ namespace }) => own.has(namespace));
      assert.ok(inOwn.length > 8);
      for (const pod of inOwn) {
        const names = workloads.filter((name) => isOf(allWorkloads[name], pod));
        assert.equal(names.length, 1, `${pod.namespace}/${pod.name}: ${names.join(", ")}`);
      }
    });

    it(`lets every flow of the table through, and nothing else: ${what}`, async () => {
      const { settings, policies, ends } = stackOf(what);
      const traffic = everyTraffic(ends, stackFlows(settings));
      const wanted = traffic.map((each) => isWanted(each, settings));
      const allowed = await ask(policies, traffic);
      const wrong = traffic.flatMap((each, index) =>
        allowed[index] === wanted[index] ? [] : [`${allowed[index] ? "allowed" : "denied"}: ${label(each)}`],
      );
      assert.deepEqual(wrong, []);
      assert.ok(wanted.filter(Boolean).length > 40);
      assert.ok(wanted.filter((each) => !each).length > 1000);
    });
  }

  it("loses a flow with every rule that is taken away, in each variant those that the ones before have not", async () => {
    // Without addresses of the API server its ports are open to everywhere, and cert-manager's to ACME servers with them.
    const apiServer = "the API server's addresses";
    const { networkPolicies: site } = stackOf(apiServer).settings;
    const tried = new Map<string, string>();
    for (const what of [apiServer, ...Object.keys(variants).filter((name) => name !== apiServer)]) {
      const { settings, ends } = stackOf(what);
      const policies = networkPolicies({ ...settings, networkPolicies: site }).map(asObject);
      const untried = policies.flatMap((policy, index) =>
        (["ingress", "egress"] as const).flatMap((side) => {
          const keys = policy.spec[side].map((rule) => JSON.stringify([policy.metadata, side, rule]));
          return [...new Set(keys)].filter((key) => !tried.has(key)).map((key) => ({ policy, index, side, key, keys }));
        }),
      );
      if (untried.length === 0) continue;
      const every = everyTraffic(ends, stackFlows(settings));
      const allowed = await ask(policies, every);
      const traffic = every.filter((_, index) => allowed[index]);
      for (const { policy, index, side, key, keys } of untried) {
        const left = policy.spec[side].filter((_, at) => keys[at] !== key);
        const after = await ask(policies.with(index, { ...policy, spec: { ...policy.spec, [side]: left } }), traffic);
        assert.ok(after.includes(false), `${what}: ${key} is not needed`);
        tried.set(key, what);
      }
    }
    const found = [...tried.values()];
    assert.ok(found.filter((what) => what === apiServer).length > 40);
    for (const what of ["tail sampling", "Jaeger elsewhere", "hosts behind oauth2-proxy"])
      assert.ok(found.includes(what), what);
  });

  it("opens a namespace with a default denial that is taken away", async () => {
    const { policies } = stackOf("prod");
    const denials = policies.filter(({ metadata }) => metadata.name === "default-deny");
    assert.equal(denials.length, 7);
    for (const { metadata } of denials) {
      const stranger = {
        ...{ name: "stranger", ip: "10.1.0.8" },
        pod: { namespace: metadata.namespace, labels: { app: "x" } },
      };
      const out: Traffic = { source: stranger, destination: others.elsewhere, port: 443, protocol: "TCP" };
      const into: Traffic = { source: others.application, destination: stranger, port: 80, protocol: "TCP" };
      assert.deepEqual(await ask(policies, [out, into]), [false, false], metadata.namespace);
      const less = policies.filter((policy) => policy.metadata !== metadata);
      assert.deepEqual(await ask(less, [out, into]), [true, true], metadata.namespace);
    }
  });
});

async function makeStack(stack: string, more: Readonly<Record<string, unknown>>): Promise<Stack> {
  const config = asConfig(await platformSettings(stack, more));
  const run = await runProgram({ config, stack });
  const pods = stackPods(run, await releaseObjects(run, sandboxPaths(), kubernetes));
  const policies = run.registered
    .filter(({ inputs }) => inputs["kind"] === "NetworkPolicy")
    .map(({ inputs }) => inputs as unknown as Policy);
  const ends = pods.map(({ name, namespace, labels }, index) => ({
    ...{ name: `${namespace}/${name}`, ip: `10.2.0.${index + 1}` },
    pod: { namespace, labels },
  }));
  return {
    settings: parseSettings(config),
    policies,
    pods,
    ends: [...ends, ...madeLater, ...Object.values(others)],
  };
}

function asObject({ name, namespace, spec }: NetworkPolicy): Policy {
  return { metadata: { name, namespace }, spec };
}

function isOf({ namespace, labels }: Workload, pod: Pick<StackPod, "namespace" | "labels">): boolean {
  return namespace === pod.namespace && Object.entries(labels).every(([name, value]) => pod.labels[name] === value);
}

/** Every pair of ends, on every port that some flow has, and one that none has. */
function everyTraffic(ends: readonly TrafficEnd[], flows: readonly Flow[]): Traffic[] {
  const known = flows.flatMap(({ ports }) => (ports === "all" ? [] : ports));
  const ports = new Map(known.map(({ port, protocol = "TCP" }) => [`${protocol} ${port}`, { port, protocol }]));
  ports.set("none", { port: 7, protocol: "TCP" });
  return ends.flatMap((source) =>
    ends.flatMap((destination) => [...ports.values()].map((port) => ({ source, destination, ...port }))),
  );
}

/** What the table says of a connection, by the names of its ends: both sides have to let it through. */
function isWanted({ source, destination, port, protocol }: Traffic, settings: Settings): boolean {
  const flows = stackFlows(settings).filter(
    ({ ports }) => ports === "all" || ports.some((each) => each.port === port && (each.protocol ?? "TCP") === protocol),
  );
  const leaves = flows.some(({ from, to }) => isWorkload(from, source) && isParty(to, destination, settings));
  const enters = flows.some(({ from, to }) => isWorkload(to, destination) && isParty(from, source, settings));
  return (leaves || !isOwn(source, settings)) && (enters || !isOwn(destination, settings));
}

function isWorkload(party: Flow["from"], { pod }: TrafficEnd): boolean {
  return !isOutsider(party) && pod !== undefined && isOf(allWorkloads[party], pod);
}

function isOwn({ pod }: TrafficEnd, settings: Settings): boolean {
  return stackWorkloads(settings).some((name) => allWorkloads[name].namespace === pod?.namespace);
}

function isParty(party: Flow["from"], end: TrafficEnd, settings: Settings): boolean {
  switch (party) {
    case "any pod":
      return end.pod !== undefined;
    case "pods of other namespaces":
      return end.pod !== undefined && !isOwn(end, settings);
    case "DNS":
      return end.pod?.namespace === "kube-system" || end === others.nodeDns || end === others.nodeDnsOfIpv6;
    case "API server":
      return settings.networkPolicies.apiServerCidrs.length === 0 || end.name === others.apiServer.name;
    case "gateway": {
      const { controllerNamespace } = settings.access;
      return controllerNamespace === "*" || end.pod?.namespace === controllerNamespace;
    }
    case "nodes":
    case "any address":
      return true;
    default:
      return namespaceOf(party) === undefined ? isWorkload(party, end) : end.pod?.namespace === namespaceOf(party);
  }
}

function label({ source, destination, port, protocol }: Traffic): string {
  return `${source.name} to ${destination.name}, ${protocol} ${port}`;
}
