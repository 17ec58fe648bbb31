import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crd } from "../../artifacts/standIns/objects.ts";
import { commandsUnder, docsCommands } from "../support/docsCommands.ts";
import { eventually } from "../support/eventually.ts";
import { readProjectFile } from "../support/markdown.ts";
import { newUser } from "../support/newUser.ts";
import { sandboxCommand } from "../support/sandboxRun.ts";
import { shownOutput } from "../support/shownOutput.ts";
import { writeSmallBundles } from "../support/smallBundle.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

const namespace = (name: string): TestObject => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
const definition = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };

/** The only command of a page that fits. */
function commandOf(page: string, pattern: RegExp): string {
  const [found, ...others] = docsCommands().filter((each) => each.page === page && pattern.test(each.text));
  assert.ok(found !== undefined && others.length === 0, `${page}: not one command fits ${String(pattern)}`);
  return found.text;
}

const plural = (kind: string) => (kind === "Prometheus" ? { plural: "prometheuses" } : {});

/** What a page has its reader change by kubectl, with the names that it leaves to the reader filled in. */
describe("what the pages change by hand", function () {
  this.timeout(120_000);
  const test = testCluster(18_300);
  const user = newUser(() => test().paths);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/bundles", "bundles-fixture");

  it("an operator in its namespace: refused as docs/takeover.md shows, and adopted once it is marked as that says", async () => {
    const { state } = test().paths;
    const mirror = join(state, "mirror");
    await writeSmallBundles(mirror, [{ name: "byhand", version: "v1.0.0" }]);
    const manifest = join(mirror, "bundles/byhand-v1.0.0.yaml");
    await user.types(`kubectl create namespace byhand && kubectl create --filename ${manifest}`);
    const metadata = { name: "things.byhand.example.org" };
    const made = await test().get({ ...definition, metadata });
    const up = () => sandbox.run("up", { mirror, charts: join(state, "charts"), versions: { byhand: "v1.0.0" } });

    const refused = await up();
    assert.equal(refused.code, 1);
    const shown = shownOutput("docs/takeover.md")
      .text.replaceAll("\n", " ")
      .replace("alertmanagerconfigs.monitoring.coreos.com", metadata.name)
      .replace(/ …$/, "");
    assert.ok(refused.stderr.includes(shown), `the page shows ${shown}, the engine said ${refused.stderr}`);

    const [names = "", label = "", annotate = ""] = commandsUnder("docs/takeover.md", "1. The operators");
    assert.match(`${names}\n${label}\n${annotate}`, /^manifest=\S+\nkubectl label .*\nkubectl annotate /);
    const marked = [names.replace(/(?<==).*/, manifest), label, annotate].join(" && ");
    await user.types(marked.replaceAll(/(?<=release-(name|namespace)=)\S+/g, "byhand"));
    const { code, stderr } = await up();
    assert.equal(code, 0, stderr);
    assert.equal((await test().get({ ...definition, metadata }))?.metadata.uid, made?.metadata.uid);
  });

  it("an operator that moves: its namespaced objects go, its cluster-wide ones are marked", async () => {
    const kind = crd({ group: "monitoring.coreos.com", kind: "Prometheus", versions: ["v1"], ...plural("Prometheus") });
    await test().apply(kind);
    const make = [
      "kubectl --namespace default create deployment prometheus-operator --image example.org/operator:1",
      "kubectl --namespace default create service clusterip prometheus-operator --tcp 8080",
      "kubectl --namespace default create serviceaccount prometheus-operator",
      "kubectl create clusterrole prometheus-operator --verb get --resource pods",
      "kubectl create clusterrolebinding prometheus-operator --clusterrole prometheus-operator --serviceaccount default:prometheus-operator",
    ];
    await user.types(make.join(" && "));
    const commands = commandsUnder("docs/takeover.md", "1. The operators").slice(3);
    assert.equal(commands.length, 4, commands.join("\n"));
    await user.types(commands.join("\n"));

    const metadata = { name: "prometheus-operator", namespace: "default" };
    assert.equal(await test().get({ apiVersion: "apps/v1", kind: "Deployment", metadata }), undefined);
    assert.equal(await test().get({ apiVersion: "v1", kind: "ServiceAccount", metadata }), undefined);
    for (const marked of [
      { ...definition, metadata: { name: "prometheuses.monitoring.coreos.com" } },
      { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: metadata.name } },
      { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", metadata: { name: metadata.name } },
    ]) {
      const { labels = {}, annotations = {} } = (await test().get(marked))?.metadata ?? assert.fail(marked.kind);
      assert.equal(labels["app.kubernetes.io/managed-by"], "Helm", marked.kind);
      assert.equal(annotations["meta.helm.sh/release-namespace"], "prometheus-operator");
    }
  });

  it("a look at what an older install has left", async () => {
    const left = [
      ...["Prometheus", "Alertmanager", "ServiceMonitor"].map((kind) => ["monitoring.coreos.com", kind] as const),
      ...["OpenTelemetryCollector", "Instrumentation"].map((kind) => ["opentelemetry.io", kind] as const),
      ["jaegertracing.io", "Jaeger"] as const,
    ];
    for (const [group, kind] of left) await test().apply(crd({ group, kind, versions: ["v1"], ...plural(kind) }));
    const command = commandOf("docs/takeover.md", /get prometheus,/);
    await eventually(async () => {
      await user.types(command);
    }, 30_000);
  });

  it("Secrets for a registry and for a store elsewhere, in namespaces that they make", async () => {
    const file = join(test().paths.state, "password");
    writeFileSync(file, "a password of nobody");
    const [, loop = ""] =
      /^```sh\n(for namespace in [\s\S]*?done\n)/m.exec(readProjectFile("docs/production.md")) ?? [];
    await user.types(loop.replace("NAME", "somebody").replace("FILE", file));
    const spaces = /for namespace in (.*);/.exec(loop)?.[1]?.split(" ") ?? [];
    assert.ok(spaces.length > 5);
    for (const space of spaces) {
      const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "registry", namespace: space } };
      assert.equal((await test().get(secret))?.["type"], "kubernetes.io/dockerconfigjson");
    }
    for (const [name, keys] of [
      ["metrics-login", ["password", "username"]],
      ["grafana-database", ["password", "username"]],
      ["elasticsearch-login", ["ES_PASSWORD", "ES_USERNAME"]],
      ["elasticsearch-ca", ["ca.crt"]],
    ] as const) {
      const login = commandOf("docs/production.md", new RegExp(`create secret generic ${name}`));
      await user.types(login.replace("=NAME", "=somebody").replace(/=(FILE|CERTIFICATE)/, `=${file}`));
      const metadata = { name, namespace: "observability" };
      const { data } = (await test().get({ apiVersion: "v1", kind: "Secret", metadata })) ?? assert.fail();
      assert.deepEqual(Object.keys(data as object).sort(), keys);
    }
    await user.types(commandOf("docs/production.md", /label secret grafana-database/));
    const [labelled] = await test().client.list(
      "v1",
      "Secret",
      "observability",
      "app.kubernetes.io/managed-by=grafana-operator",
    );
    assert.equal(labelled?.metadata.name, "grafana-database");
  });

  it("a larger volume, which its class allows", async () => {
    const storageClassName = "larger";
    await test().apply({
      ...{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: storageClassName } },
      ...{ provisioner: "example.org/none", allowVolumeExpansion: true },
    });
    const [accessModes, metadata] = [["ReadWriteOnce"], { name: "claim", namespace: "observability" }];
    await test().apply(namespace("observability"));
    await test().apply({
      ...{ apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "volume" } },
      spec: { accessModes, storageClassName, capacity: { storage: "100Gi" }, hostPath: { path: "/none" } },
    });
    const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata };
    const spec = { accessModes, storageClassName, resources: { requests: { storage: "100Gi" } } };
    await test().apply({ ...claim, spec });
    await eventually(async () => {
      assert.deepEqual(((await test().get(claim))?.status as { phase?: string }).phase, "Bound");
    }, 60_000);
    await user.types(commandOf("docs/environments.md", / patch persistentvolumeclaim /).replace("CLAIM", "claim"));
    const after = (await test().get(claim))?.spec as typeof spec;
    assert.equal(after.resources.requests.storage, "200Gi");
  });

  it("the files of the start-up, and one deployment without injection", async () => {
    for (const [command, file] of [
      [commandOf("docs/injection.md", /--from-file=\S+\/$/), "opentelemetry.py"],
      [commandOf("docs/injection.md", /--from-file=\S+\.cjs$/), "endAtSigterm.cjs"],
    ] as const) {
      await user.types(command);
      const metadata = { name: "injection", namespace: "default" };
      const { data } = (await test().get({ apiVersion: "v1", kind: "ConfigMap", metadata })) ?? assert.fail();
      assert.ok(Object.keys(data as object).includes(file));
      await user.types("kubectl delete configmap injection");
    }
    await user.types(
      "kubectl create namespace shop && kubectl --namespace shop create deployment shop --image example.org/shop:1",
    );
    await user.types(commandOf("docs/injection.md", / patch deployment shop /));
    const metadata = { name: "shop", namespace: "shop" };
    const { spec } = (await test().get({ apiVersion: "apps/v1", kind: "Deployment", metadata })) ?? assert.fail();
    const { template } = spec as { template: { metadata: { annotations: Record<string, string> } } };
    assert.equal(template.metadata.annotations["instrumentation.opentelemetry.io/inject-python"], "false");
  });

  it("a dashboard that waits for an operator that is gone", async () => {
    const apiVersion = "grafana.integreatly.org/v1beta1";
    const kind = crd({ group: "grafana.integreatly.org", kind: "GrafanaDashboard", versions: ["v1beta1"] });
    await test().apply(kind);
    await test().apply(namespace("theirs"));
    const metadata = { name: "board", namespace: "theirs", finalizers: ["operator.grafana.com/finalizer"] };
    const board = { apiVersion, kind: "GrafanaDashboard", metadata };
    await eventually(() => test().apply(board), 30_000);
    await user.types("kubectl --namespace theirs delete grafanadashboard board --wait=false");
    assert.notEqual(await test().get(board), undefined);
    const command = commandOf("docs/troubleshooting.md", / patch grafanadashboard /);
    await user.types(command.replace("THEIRS", "theirs").replace("NAME", "board"));
    assert.equal(await test().get(board), undefined);
  });
});
