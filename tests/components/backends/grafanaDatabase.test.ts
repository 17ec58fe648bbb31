import assert from "node:assert/strict";
import { grafanaSpec } from "../../../components/backends/grafana.ts";
import { databaseCa, databaseEnv } from "../../../components/backends/grafanaDatabase.ts";
import { stackFlows } from "../../../components/network/flows.ts";
import { programRun } from "../../../review/program/runs.ts";
import { variants } from "../../../review/program/variants.ts";
import { parseSettings } from "../../../settings/read.ts";

const settings = parseSettings(variants["Grafana in a database of the site"] ?? {});
const { database } = settings.grafana;
const spec = grafanaSpec({ settings: settings.grafana, oidc: settings.oidc, publicUrl: null }, []);
const pod = spec.deployment.spec.template.spec;

/** What Grafana reads, without what comes from a Secret. */
const valuesOf = (more: Partial<typeof database>) =>
  Object.fromEntries(
    databaseEnv({ ...database, ...more })
      .filter(({ value }) => value !== undefined)
      .map(({ name, value }) => [name.replace("GF_DATABASE_", ""), value]),
  );

describe("Grafana's database", () => {
  it("is a file unless told otherwise", () => {
    const off = parseSettings({}).grafana.database;
    assert.deepEqual([databaseEnv(off), databaseCa(off).volumes], [[], []]);
  });

  it("has a login from a Secret, and in no other place", () => {
    const fromSecret = databaseEnv(database).filter(({ valueFrom }) => valueFrom !== undefined);
    assert.deepEqual(
      fromSecret.map(({ name, valueFrom }) => [name, valueFrom?.secretKeyRef]),
      [
        ["GF_DATABASE_USER", { name: "grafana-database", key: "username" }],
        ["GF_DATABASE_PASSWORD", { name: "grafana-database", key: "password" }],
      ],
    );
    assert.ok(!("database" in spec.config));
  });

  it("is found by host and name, and its certificate compared with both CA and host", () => {
    assert.deepEqual(valuesOf({}), {
      ...{ TYPE: "mysql", HOST: "mysql.example.org:3306", NAME: "grafana", SSL_MODE: "true" },
      ...{ CA_CERT_PATH: "/etc/grafana-database/ca.crt", SERVER_CERT_NAME: "mysql.example.org" },
    });
    assert.deepEqual(valuesOf({ type: "postgres", host: "[fd00::1]:5432", caSecret: "" }), {
      ...{ TYPE: "postgres", HOST: "[fd00::1]:5432", NAME: "grafana", SSL_MODE: "verify-full" },
    });
    assert.equal(valuesOf({ host: "[fd00::1]:3306" })["SERVER_CERT_NAME"], "fd00::1");
  });

  it("names each mode of TLS as Grafana does", () => {
    const modes = (type: "postgres" | "mysql") =>
      (["verified", "unverified", "off"] as const).map((tls) => valuesOf({ type, tls })["SSL_MODE"]);
    assert.deepEqual(modes("postgres"), ["verify-full", "require", "disable"]);
    assert.deepEqual(modes("mysql"), ["true", "skip-verify", "false"]);
  });

  it("is reached by Grafana and by what sets the admin's password, with the CA mounted in both", () => {
    const [init = assert.fail()] = pod.initContainers ?? [];
    const [grafana = assert.fail()] = pod.containers;
    for (const { env, volumeMounts = [] } of [init, grafana]) {
      for (const variable of databaseEnv(database)) assert.ok(env.some((each) => each.name === variable.name));
      assert.ok(volumeMounts.some(({ mountPath }) => mountPath === "/etc/grafana-database"));
    }
    assert.deepEqual(pod.volumes.at(-1), {
      name: "database-ca",
      secret: { secretName: "grafana-database-ca", items: [{ key: "ca.crt", path: "ca.crt" }] },
    });
    assert.ok(!init.command.join(" ").includes("grafana.db"));
  });

  it("lets several pods run, spread and drained one after the other", async () => {
    assert.equal(spec.deployment.spec.replicas, 2);
    assert.equal(spec.deployment.spec.strategy, undefined);
    assert.equal(pod.topologySpreadConstraints?.length, 2);
    const { registered } = await programRun(variants["Grafana in a database of the site"]);
    const budget = registered.find(({ label }) => label === "PodDisruptionBudget grafana");
    assert.deepEqual(budget?.inputs["spec"], { maxUnavailable: 1, selector: { matchLabels: { app: "grafana" } } });
  });

  it("is reached on its port, and on none where there is no database", () => {
    const flows = (of: typeof settings) =>
      stackFlows(of).filter(({ from, why }) => from === "grafana" && why.includes("database"));
    assert.deepEqual(flows(settings)[0]?.ports, [{ port: 3306 }]);
    assert.deepEqual(flows(parseSettings({})), []);
  });
});
