import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { crd } from "../../artifacts/standIns/objects.ts";
import { formerCommit, hasFormerCommit, writeFormerProgram } from "../../scripts/bench/formerProgram.ts";
import { objectUids } from "../support/allObjects.ts";
import { readProjectFile } from "../support/markdown.ts";
import { previewChanges } from "../support/previewChanges.ts";
import { assertDataArrives } from "../support/upgradeArrival.ts";
import { isVerified, noteResult } from "../support/verifyResults.ts";
import { changedOutputs, lastingRows, stackSection, type StackUpgrade } from "../verify/upgradeTable.ts";
import { mirror } from "../../review/program/mirror.ts";
import { artifactsAre } from "../support/platformSandbox.ts";
import { sandboxCommand, type SandboxCommand, type SandboxRun } from "../support/sandboxRun.ts";
import { countStandIns } from "../support/standInCount.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { testCluster } from "../support/testCluster.ts";

const project = join(import.meta.dirname, "../..");
const namesakes = "tests/fixtures/namesakes";
/** What the cluster makes for others, and what keeps the revisions of a release. */
const derived = / (Pod|ReplicaSet|ControllerRevision|PodMetrics|Stage) | Secret \S+\/sh\.helm\.release\./;
/** So that both programs run where the platform could not be installed. */
const ruleKind = crd({
  ...{ group: "monitoring.coreos.com", kind: "PrometheusRule" },
  versions: ["v1"],
});

const suite = hasFormerCommit(project) ? describe : describe.skip;
suite(
  `stacks of commit ${formerCommit} (skipped where the clone lacks it), updated by the program of now, with ${artifactsAre}`,
  function () {
    this.timeout(300_000);
    countStandIns();
    const folder = join(tmpdir(), `fluffy-observability-former-${process.pid}`);
    const test = testCluster(17_760);
    const paths = () => test().paths;
    const former = {
      platform: sandboxCommand(paths, folder, "fluffy-observability"),
      namesakes: sandboxCommand(paths, join(folder, namesakes), "namesakes-fixture"),
    };
    const now = {
      platform: sandboxCommand(paths, ".", "fluffy-observability"),
      namesakes: sandboxCommand(paths, namesakes, "namesakes-fixture"),
    };

    before("write the former program", () => {
      writeFormerProgram(project, folder);
      cpSync(join(project, namesakes), join(folder, namesakes), { recursive: true });
      // Where that program has what the fixture imports.
      const program = join(folder, namesakes, "index.ts");
      const text = readFileSync(program, "utf8").replace(/components\/(api|kubernetes)\//g, "components/");
      writeFileSync(program, text);
    });
    after("remove it", () => {
      rmSync(folder, { recursive: true, force: true });
    });

    const succeeded = async (run: Promise<SandboxRun>) => {
      const ended = await run;
      assert.equal(ended.code, 0, ended.stderr);
      return ended;
    };
    const objects = async () => {
      const uids = await objectUids(createTransport(test().cluster.kubeconfig));
      return new Map([...uids].filter(([line]) => !derived.test(line)));
    };
    /** Of a stack, with a mirror that can be reached here. */
    const settings = async (of: string, stack: string, more: Record<string, unknown> = {}) => {
      const file = readFileSync(join(of, `Pulumi.${stack}.yaml`), "utf8");
      const { config } = load(file) as { config: Record<string, unknown> };
      const own = Object.entries(config).map(([key, value]) => [key.slice(key.indexOf(":") + 1), value] as const);
      const artifactsMirror = mirror ?? (await standInMirror());
      // No lock is recorded of a mirror here.
      return { ...Object.fromEntries(own), artifactsMirror, artifactsLocked: false, ...more };
    };
    /** What is gone or was made anew, of what there was. */
    const lost = async (before: ReadonlyMap<string, string>) => {
      const after = await objects();
      return [...before].filter(([line, uid]) => after.get(line) !== uid).map(([line]) => line);
    };

    /** Updates, and holds that nothing of what there was went or was made anew, and that nothing is left to do. */
    const keepsAll = async (command: SandboxCommand, values: Record<string, unknown>, ...flags: string[]) => {
      const before = await objects();
      const up = await succeeded(command.run("up", values, ...flags));
      const { replaced, deleted } = JSON.parse(up.stdout) as Record<string, unknown>;
      assert.deepEqual({ replaced, deleted, lost: await lost(before) }, { replaced: 0, deleted: 0, lost: [] });
      const { counts, stderr } = await succeeded(command.run("preview", values, ...flags));
      assert.deepEqual([counts.created, counts.updated, counts.deleted], [0, 0, 0], stderr);
      return up;
    };
    const count = (lines: Iterable<string>, kind: string) =>
      [...lines].filter((line) => line.startsWith(`/api/v1 ${kind} `)).length;

    const names = (...all: string[]) => ({ namespaces: { names: all } });

    /** Installs a stack as it was, updates it and looks at what became of it. */
    const upgraded = async (stack: string): Promise<StackUpgrade> => {
      const flags = ["--stack", stack];
      const was = await succeeded(former.platform.run("up", await settings(folder, stack), ...flags));
      const values = await settings(project, stack);
      const before = await objects();
      const { stderr } = await succeeded(now.platform.run("preview", values, ...flags));
      const up = await keepsAll(now.platform, values, ...flags);
      const kept = {
        namespaces: count(before.keys(), "Namespace"),
        claims: count(before.keys(), "PersistentVolumeClaim"),
      };
      return { stack, changes: previewChanges(stderr), kept, outputs: changedOutputs(was.outputs, up.outputs) };
    };

    it("keep every object of the platform; what changes stands in docs/upgrade.md", async () => {
      const dev = await upgraded("dev");
      noteResult(dev);
      if (!isVerified())
        assert.deepEqual(lastingRows(readProjectFile("docs/upgrade.md"), "dev"), lastingRows(stackSection(dev), "dev"));
    });

    it("keep every object when everything is denied by default, and what applications send still arrives", async () => {
      await keepsAll(now.platform, await settings(project, "dev", { networkPolicies: { enabled: true } }));
      await assertDataArrives(test().client);
    });

    it("keep every object of an API whose component has a name of its own; a second API of its name comes beside it", async () => {
      await test().apply(ruleKind);
      // The platform of now refuses what the former program makes anew; what was there before it stays.
      await test().client.delete({
        ...{ apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicyBinding" },
        name: "fluffy-observability-rules",
      });
      await succeeded(former.namesakes.run("up", names("one")));
      const { code, stderr } = await former.namesakes.run("preview", names("one", "two"));
      assert.equal(code, 1);
      assert.match(stderr, /Duplicate resource URN/);
      await keepsAll(now.namesakes, names("one"));
      await keepsAll(now.namesakes, names("one", "two"));
      await succeeded(now.namesakes.run("destroy", names()));
      await succeeded(now.namesakes.run("up", names("one", "two")));
    });

    it("of production keep every namespace and every volume, and what applications send still arrives (verify)", async function () {
      if (!isVerified()) this.skip();
      await succeeded(now.namesakes.run("destroy", names()));
      await succeeded(now.platform.run("destroy", await settings(project, "dev")));
      const prod = await upgraded("prod");
      assert.ok(prod.kept.claims > 3, String(prod.kept.claims));
      await assertDataArrives(test().client);
      noteResult(prod);
    });
  },
);
