import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { engineHome } from "../../sandbox/engine/home.ts";
import { stateFile } from "../../sandbox/engine/states.ts";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { allObjects, ownObjects } from "../support/allObjects.ts";
import { eventually } from "../support/eventually.ts";
import { artifactsAre, platformSandbox, platformSettings } from "../support/platformSandbox.ts";
import { sandboxCommand, type SandboxRun } from "../support/sandboxRun.ts";
import { countStandIns } from "../support/standInCount.ts";
import { testCluster } from "../support/testCluster.ts";

/** Where what the platform gives is in the cluster. */
const given = "observability/fluffy-observability";
/** The former way, by the platform's state. */
const platformStack = "organization/fluffy-observability/dev";
const former = { platformStack };
/** Those of the cluster, the component, the cluster's provider, and the stack itself. */
const RESOURCES = 12;

describe(`team-api beside the platform, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  countStandIns();
  const test = testCluster(17500);
  const platform = platformSandbox(() => test().paths);
  const teamApi = sandboxCommand(() => test().paths, "stacks/team-api", "team-api");
  let dev: Record<string, unknown>;
  let cluster: string[];

  const objects = () => allObjects(createTransport(test().cluster.kubeconfig));
  const nothing = { created: 0, updated: 0, deleted: 0, unchanged: 0, failed: 0 };
  const succeeded = (run: SandboxRun) => {
    assert.equal(run.code, 0, run.stderr);
    return run;
  };
  /** What a run that must fail says: its one line. */
  const refusal = ({ code, stderr, counts }: SandboxRun) => {
    assert.equal(code, 1);
    assert.equal(counts.failed, 1);
    const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
    assert.equal(errors.length, 1, stderr);
    assert.doesNotMatch(stderr, /^\s+at /m);
    return errors[0] ?? "";
  };
  const platformState = () => stateFile(engineHome(test().paths), "fluffy-observability", "dev");
  /** Runs something while some of what the platform gives in the cluster is other, or not there (null). */
  const withGiven = async (change: Record<string, string | null>, run: () => Promise<void>) => {
    const send = createTransport(test().cluster.kubeconfig);
    const [namespace = "", name = ""] = given.split("/");
    const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
    const patch = async (data: object) => {
      await send({ method: "PATCH", path, body: { data }, contentType: "application/merge-patch+json" });
    };
    const { data } = (await send({ method: "GET", path })) as { data: Record<string, string> };
    await patch(change);
    try {
      await run();
    } finally {
      await patch(data);
    }
  };
  before("note what the cluster holds by itself", async () => {
    dev = await platformSettings("dev");
    cluster = await ownObjects(createTransport(test().cluster.kubeconfig));
  });

  it("is refused in one line while there is no platform, and changes nothing", async () => {
    assert.equal(
      refusal(await teamApi.run("preview")),
      `error: the cluster has no ConfigMap ${given}: run pulumi up of the platform there first`,
    );
    assert.equal(
      refusal(await teamApi.run("preview", former)),
      `error: pulumi:pulumi:StackReference fluffy-observability-outputs-${platformStack}: Preview failed: unknown stack "${platformStack}"`,
    );
    assert.deepEqual(await objects(), cluster);
  });

  it("is previewed and applied beside the platform, and each leaves the other's objects alone", async () => {
    const platformCounts = succeeded(await platform.run("up", dev)).counts;
    assert.deepEqual(succeeded(await teamApi.run("preview")).counts, { ...nothing, created: RESOURCES });
    assert.deepEqual(succeeded(await teamApi.run("up")).counts, { ...nothing, created: RESOURCES });
    const unchanged = { ...nothing, unchanged: platformCounts.created };
    assert.deepEqual(succeeded(await platform.run("preview", dev)).counts, unchanged);
    assert.deepEqual(succeeded(await platform.run("up", dev)).counts, unchanged);
    assert.deepEqual(succeeded(await teamApi.run("preview")).counts, { ...nothing, unchanged: RESOURCES });
    // Here what is read of the platform counts. The first time the provider keeps more of it than the program's read did.
    assert.deepEqual(succeeded(await teamApi.run("refresh")).counts, { ...nothing, updated: 1, unchanged: RESOURCES });
    assert.deepEqual(succeeded(await teamApi.run("refresh")).counts, { ...nothing, unchanged: RESOURCES + 1 });
    assert.deepEqual(succeeded(await teamApi.run("preview")).counts, { ...nothing, unchanged: RESOURCES });
    assert.equal(succeeded(await teamApi.run("outputs")).outputs.ordersApiUrl, "http://orders-api.team-api.svc:8080");
    const { lines } = await teamApi.run("status");
    // Without the stack itself and its provider, with what is read of the platform.
    assert.ok(lines.includes(`stack: team-api/dev, ${RESOURCES - 1} resources`), lines.join("\n"));
  });

  it("gets what it needs from the platform's outputs", async () => {
    const { outputs } = await platform.run("outputs", dev);
    const metadata = { namespace: "team-api", name: "orders-api" };
    const deployment = await test().get({ apiVersion: "apps/v1", kind: "Deployment", metadata });
    const { template } = deployment?.spec as {
      template: {
        metadata: { annotations: Record<string, string> };
        spec: { containers: { env: { name: string; value: string }[] }[] };
      };
    };
    assert.deepEqual(template.metadata.annotations, {
      "instrumentation.opentelemetry.io/inject-nodejs": outputs.instrumentation,
      "fluffy-observability/instrumentation-hash": outputs.instrumentationHash,
    });
    assert.deepEqual(template.spec.containers[0]?.env, [
      { name: "CATALOGUE_URL", value: outputs.sampleApiUrl },
      { name: "NODE_OPTIONS", value: "--require /fluffy-observability/endAtSigterm.cjs" },
    ]);
  });

  it("takes nothing from the platform's state, which opens to the platform's passphrase only", async () => {
    const away = `${platformState()}.away`;
    renameSync(platformState(), away);
    try {
      assert.deepEqual(succeeded(await teamApi.run("up")).counts, { ...nothing, unchanged: RESOURCES });
    } finally {
      renameSync(away, platformState());
    }
  });

  it("fails in one line that names the outputs that an older platform lacks, and changes nothing", async () => {
    await withGiven({ instrumentation: null, sampleApiUrl: null }, async () => {
      for (const verb of ["preview", "up"]) {
        assert.equal(
          refusal(await teamApi.run(verb)),
          `error: ConfigMap ${given} has no output instrumentation, sampleApiUrl: ` +
            "run pulumi up there with this version of the platform first",
        );
      }
    });
    assert.deepEqual(succeeded(await teamApi.run("preview")).counts, { ...nothing, unchanged: RESOURCES });
  });

  it("fails in one line that names the setting, when the part that it needs is off", async () => {
    await withGiven({ sampleApiUrl: "null" }, async () => {
      assert.equal(
        refusal(await teamApi.run("up")),
        `error: ConfigMap ${given} has no sampleApiUrl: set its setting parts.sampleApi`,
      );
    });
  });

  it("reads the same from the platform's state for one more version, with a notice", async () => {
    const { counts, stderr } = succeeded(await teamApi.run("up", former));
    assert.deepEqual(counts, { ...nothing, unchanged: RESOURCES });
    assert.match(stderr, /the next version reads them from the cluster only; leave the name of the stack out/);
  });

  it("keeps the platform from being destroyed, in one line that says what to do", async () => {
    succeeded(await teamApi.run("up"));
    const before = await objects();
    assert.match(
      refusal(await platform.run("destroy", dev)),
      /^error: stack team-api\/dev is in this sandbox and may use what fluffy-observability\/dev has made: first run "npm run sandbox -- destroy --project <folder of team-api> --state \S+ --port \d+ --stack dev"$/,
    );
    assert.deepEqual(await objects(), before);
  });

  it("is destroyed without a word about the platform, and then the platform, and nothing is left", async () => {
    const run = succeeded(await teamApi.run("destroy"));
    assert.deepEqual(run.counts, { ...nothing, deleted: RESOURCES });
    // But for the line that says which programs run, by their paths.
    const said = run.stderr.replace(/^engine .*$/m, "");
    assert.doesNotMatch(said, /platform|fluffy-observability|warning|error/);
    succeeded(await platform.run("destroy", dev));
    await eventually(async () => {
      assert.deepEqual(await objects(), cluster);
    }, 30_000);
  });
});
