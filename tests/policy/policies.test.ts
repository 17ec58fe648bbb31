import assert from "node:assert/strict";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { policies } from "../../policy/policies.ts";
import { programRun, stackRun, stacks } from "../../review/program/runs.ts";
import { runTeamApi } from "../../review/program/teamObjects.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";
import { checkRows } from "./rows/checks.ts";
import { loginRows } from "./rows/logins.ts";
import { privilegeRows } from "./rows/privileges.ts";
import { rightsRows } from "./rows/rights.ts";
import type { Inputs, Row } from "./rows/row.ts";

/** What the policies say about one registered object, as `policy: violation`. */
function violations(type: string, props: Inputs): string[] {
  return policies.flatMap((policy) => {
    const found: string[] = [];
    const validate = policy.validateResource as ResourceValidation;
    void validate({ type, props } as unknown as ResourceValidationArgs, (message: string) => {
      found.push(`${policy.name}: ${message}`);
    });
    return found;
  });
}

const rows: Readonly<Record<string, Row>> = { ...checkRows, ...privilegeRows, ...loginRows, ...rightsRows };

/** Registered objects, by what registers them. The type tells a release from an object. */
type Run = () => Promise<readonly { type: string; label: string; inputs: Inputs }[]>;

const teamRun = (config: Record<string, string>) => async () => {
  const { registered, error } = await runTeamApi(config);
  assert.equal(error, undefined);
  return registered.flatMap(({ label, inputs }: { label: string; inputs: Inputs }) => {
    const { apiVersion = "", kind } = inputs;
    return kind === undefined ? [] : [{ type: `kubernetes:${apiVersion}:${kind}`, label, inputs }];
  });
};

const runs: Record<string, Run> = {
  ...Object.fromEntries(stacks.map((stack) => [`stack ${stack}`, async () => (await stackRun(stack)).registered])),
  ...Object.fromEntries(
    Object.entries({ ...variants, ...contentVariants }).map(([variant, config]) => [
      variant,
      async () => (await programRun(config)).registered,
    ]),
  ),
  "team-api": teamRun({}),
  "team-api with an autoscaler": teamRun({ replicas: "2", maxReplicas: "5" }),
};

describe("policies", () => {
  for (const [name, { policy, bad, says, good, type = "kubernetes:v1:Object" }] of Object.entries(rows)) {
    it(`catch: ${name}`, () => {
      assert.deepEqual(
        violations(type, bad),
        says.map((line) => `${policy}: ${line}`),
      );
      assert.deepEqual(violations(type, good), []);
    });
  }

  it("have a row each", () => {
    const caught = new Set(Object.values(rows).map(({ policy }) => policy));
    assert.deepEqual([...caught].sort(), policies.map(({ name }) => name).sort());
  });

  it("say nothing of what a login is", () => {
    const said = violations("kubernetes:v1:Object", { spec: { url: "https://someone:open@sesame@example.org" } });
    assert.equal(said.length, 1);
    for (const part of ["someone", "open", "sesame"]) assert.ok(!said.join("").includes(part), part);
  });

  it("take no part of a release's values for an object", () => {
    assert.deepEqual(
      violations("kubernetes:helm.sh/v3:Release", { values: { image: "x:latest", hostNetwork: true } }),
      [],
    );
  });

  for (const [name, run] of Object.entries(runs)) {
    it(`have nothing to say about what is registered: ${name}`, async () => {
      const registered = await run();
      const found = registered.flatMap(({ type, label, inputs }) =>
        violations(type, inputs).map((line) => `${label}: ${line}`),
      );
      assert.deepEqual(found, []);
      assert.ok(registered.length > 5);
    });
  }

  it("miss the resources of every kind that has a field for them", async function () {
    // Alone it makes every run.
    this.timeout(60_000);
    const kinds = new Set<unknown>();
    for (const run of Object.values(runs)) {
      for (const { type, label, inputs } of await run()) {
        if (inputs.spec?.["resources"] === undefined) continue;
        kinds.add(inputs.kind);
        const found = violations(type, { ...inputs, spec: { ...inputs.spec, resources: undefined } });
        assert.equal(found.length, 3, `${label}: ${found.join(", ")}`);
      }
    }
    assert.deepEqual([...kinds].sort(), ["Alertmanager", "OpenTelemetryCollector", "Prometheus"]);
  });
});
