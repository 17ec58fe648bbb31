import assert from "node:assert/strict";
import type { ProgramRun } from "../../review/program/program.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import { eventually } from "./eventually.ts";
import { releaseObjects } from "./releaseObjects.ts";
import { conditionsOf, type TestCluster, type TestObject } from "./testCluster.ts";

/** What of an operator's releases decides what it sees and may do. */
const needed = ["CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"];

/**
 * Puts into a cluster what a real operator beside it needs of its releases, until its kinds are served.
 *
 * @param operator how the names of its releases begin
 * @returns all objects of the releases
 */
export async function installOperatorKinds(
  test: TestCluster,
  run: ProgramRun,
  operator: string,
): Promise<TestObject[]> {
  const { paths } = test;
  const own = run.registered.filter(({ name }) => name.startsWith(operator));
  const releases = await releaseObjects(
    { ...run, registered: own },
    paths,
    toolVersion("kube-apiserver", paths.project),
  );
  const objects = releases.flatMap((release) => release.objects) as TestObject[];
  for (const object of objects.filter(({ kind }) => needed.includes(kind))) await test.apply(object);
  for (const crd of objects.filter(({ kind }) => kind === "CustomResourceDefinition")) {
    await eventually(async () => {
      assert.equal(conditionsOf(await test.get(crd)).Established, "True");
    }, 30_000);
  }
  return objects;
}
