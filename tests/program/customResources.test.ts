import assert from "node:assert/strict";
import type { Registered } from "../../review/program/program.ts";
import { mirror } from "../../review/program/mirror.ts";
import { type MirroredCrd, mirroredCrds } from "../../review/crds/mirroredCrds.ts";
import { programRun, stackRun, stacks } from "../../review/program/runs.ts";
import { schemaErrors } from "../../review/crds/schemaErrors.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";

/** Every custom resource of every variant, against the schemas that the API server would check it with. */
const places: Record<string, () => Promise<string | undefined>> = {
  "upstream's schemas": () => Promise.resolve(mirror),
  "the stand-ins' schemas": standInFolder,
};

for (const [name, place] of Object.entries(places)) {
  describe(`custom resources and ${name}`, () => {
    let crds: MirroredCrd[];

    before(async function () {
      const folder = await place();
      if (folder === undefined) this.skip();
      crds = mirroredCrds(folder);
    });

    const runs = {
      ...Object.fromEntries(stacks.map((stack) => [`stack ${stack}`, () => stackRun(stack)])),
      ...Object.fromEntries(
        Object.entries({ ...variants, ...contentVariants }).map(([variant, config]) => [
          variant,
          () => programRun(config),
        ]),
      ),
    };

    for (const [variant, run] of Object.entries(runs)) {
      it(`agree: ${variant}`, async () => {
        const resources = (await run()).registered.filter(isCustomResource);
        assert.ok(resources.length > 3);
        assert.deepEqual(
          resources.flatMap((resource) => errorsOf(resource, crds)),
          [],
        );
      });
    }
  });
}

/** Groups of Kubernetes' own API have no dot or end in k8s.io. */
function isCustomResource({ inputs }: Registered): boolean {
  const [group = ""] = String(inputs["apiVersion"]).split("/");
  return group.includes(".") && !group.endsWith("k8s.io");
}

function errorsOf({ inputs, label }: Registered, crds: readonly MirroredCrd[]): string[] {
  const { apiVersion, kind } = inputs as { apiVersion: string; kind: string };
  const [group, version = ""] = apiVersion.split("/");
  const crd = crds.find((candidate) => candidate.group === group && candidate.kind === kind);
  const schema = crd?.versions[version]?.schema;
  if (schema === undefined) return [`${label}: no schema of ${kind} in ${apiVersion}`];
  // Through JSON: an undefined field is no field. The metadata is checked by the API server itself.
  const content = JSON.parse(JSON.stringify({ ...inputs, metadata: {} })) as Record<string, unknown>;
  return schemaErrors(schema, content, label);
}
