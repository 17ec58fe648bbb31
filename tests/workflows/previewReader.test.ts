import assert from "node:assert/strict";
import { load } from "js-yaml";
import { policies } from "../../policy/policies.ts";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { readProjectFile } from "../support/markdown.ts";
import { programRun, stackRun, stacks } from "../../review/program/runs.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";

const file = ".github/cluster/preview-reader.yaml";

/** What the roles of `preview-*` may read in the cluster. */
describe(file, () => {
  const role = load(readProjectFile(file)) as {
    readonly kind: string;
    readonly rules: readonly { apiGroups: string[]; resources: string[]; verbs: string[] }[];
  };
  const granted = role.rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)),
  );

  it("names every kind that a stack registers, but Secrets, and no other", async function () {
    // Alone it makes every run.
    this.timeout(60_000);
    const runs = [
      ...stacks.map((stack) => stackRun(stack)),
      ...Object.values({ ...variants, ...contentVariants }).map((config) => programRun(config)),
    ];
    const registered = (await Promise.all(runs)).flatMap(({ registered }) => registered);
    const kinds = new Set(
      registered.flatMap(({ inputs: { apiVersion, kind } }) => {
        if (typeof apiVersion !== "string" || typeof kind !== "string") return [];
        const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
        return [`${group}/${plural(kind)}`];
      }),
    );
    assert.ok(kinds.delete("/secrets"));
    assert.deepEqual([...granted].sort(), [...kinds].sort());
  });

  it("lets nobody change anything, nor read a Secret", () => {
    assert.equal(role.kind, "ClusterRole");
    for (const { verbs } of role.rules) assert.deepEqual(verbs, ["get", "list", "watch"]);
    assert.ok(!granted.some((each) => each.includes("secret")));
  });

  it("breaks no rule of the policy pack", () => {
    const said: string[] = [];
    for (const { validateResource } of policies) {
      const args = { type: "kubernetes:rbac/v1:ClusterRole", props: role } as unknown as ResourceValidationArgs;
      void (validateResource as ResourceValidation)(args, (message: string) => said.push(message));
    }
    assert.deepEqual(said, []);
  });
});

/** The name of a kind in paths and roles. */
function plural(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith("policy")) return name.replace(/y$/, "ies");
  return /(s|x)$/.test(name) ? `${name}es` : `${name}s`;
}
