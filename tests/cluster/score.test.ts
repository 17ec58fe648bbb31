import assert from "node:assert/strict";
import { productionExample, stackConfig } from "../../review/program/stackConfig.ts";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { createReport } from "../../cli/report.ts";
import { mirror } from "../../review/program/mirror.ts";
import { type ProgramRun, runProgram } from "../../review/program/program.ts";
import { scoreReasons } from "../../review/score/reasons.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { readProjectFile, tableUnder } from "../support/markdown.ts";
import { asConfig, platformSettings, reachableArtifacts } from "../support/platformSandbox.ts";
import { releaseObjects } from "../support/releaseObjects.ts";

const project = resolve(import.meta.dirname, "../..");
const kubernetes = toolVersion("kube-apiserver", project);

/** A critical line. */
interface Critical {
  readonly check: string;
  /** `Kind namespace/name` */
  readonly object: string;
}

/** kube-score's answer, as far as it is read. */
interface Scored {
  type_meta: { kind: string };
  object_meta: { name: string; namespace?: string };
  checks: { check: { id: string }; grade: number; skipped: boolean }[];
}

const critical = 1;

const reasonOf = ({ check, object }: Critical) =>
  scoreReasons.find(
    (reason) => reason.check === check && (reason.objects === "all" || reason.objects.includes(object)),
  );

describe("kube-score on production", function () {
  this.timeout(300_000); // the first time it is built
  let program: string;
  const runs: ProgramRun[] = [];

  before("run the program", async () => {
    program = (await ensureTools(["kube-score"], sandboxPaths(), createReport()))["kube-score"];
    const example = { ...stackConfig("prod", ".", productionExample), ...(await reachableArtifacts()) };
    for (const settings of [await platformSettings("prod"), example])
      runs.push(await runProgram({ config: asConfig(settings) }));
  });

  /** The objects of Kubernetes' own kinds that the program registers. */
  const ownObjects = (run: ProgramRun) =>
    run.registered.map(({ inputs }) => inputs).filter(({ kind }) => typeof kind === "string");

  async function score(objects: readonly object[]): Promise<Critical[]> {
    const [, minor = ""] = /^(v\d+\.\d+)/.exec(kubernetes) ?? [];
    const args = ["score", "--kubernetes-version", minor, "--output-format", "json", "-"];
    const output = await new Promise<string>((done, failed) => {
      // It ends with 1 where a line is critical.
      const child = execFile(program, args, { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
        if (stdout.startsWith("[")) done(stdout);
        else failed(new Error(`kube-score: ${error?.message ?? ""} ${stderr}`));
      });
      child.stdin?.end(objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(""));
    });
    const answers = JSON.parse(output) as Scored[];
    assert.ok(answers.length > 20, `only ${answers.length} objects were looked at`);
    return answers.flatMap(({ type_meta: { kind }, object_meta: { name, namespace = "" }, checks }) =>
      checks
        .filter(({ grade, skipped }) => !skipped && grade === critical)
        .map(({ check }) => ({ check: check.id, object: `${kind} ${namespace}/${name}` })),
    );
  }

  it("has no critical line without a reason, of what the program itself registers", async () => {
    for (const run of runs) {
      const found = await score(ownObjects(run));
      // Pods of operators are in their releases.
      const lines = found.filter(({ check }) => check !== "networkpolicy-targets-pod");
      assert.ok(lines.length > 5);
      assert.deepEqual(
        lines.filter((line) => reasonOf(line) === undefined),
        [],
      );
    }
  });

  it("has none of all objects, those in the operators' releases too, and no reason is there without a line", async function () {
    // Stand-ins say nothing of the real manifests.
    if (mirror === undefined) this.skip();
    const lines: Critical[] = [];
    for (const run of runs) {
      const releases = await releaseObjects(run, sandboxPaths(), kubernetes);
      const inReleases = releases.flatMap(({ namespace, objects }) =>
        objects
          .filter(({ kind }) => kind !== "CustomResourceDefinition")
          .map((object) => ({ ...object, metadata: { namespace, ...object.metadata } })),
      );
      lines.push(...(await score([...ownObjects(run), ...inReleases])));
    }
    assert.deepEqual(
      lines.filter((line) => reasonOf(line) === undefined),
      [],
      "give a reason in review/score/reasons.ts, or change the object",
    );
    const unused = scoreReasons.flatMap(({ check, objects }) =>
      (objects === "all" ? [""] : objects)
        .filter((object) => !lines.some((line) => line.check === check && (object === "" || line.object === object)))
        .map((object) => `${check} ${object}`),
    );
    assert.deepEqual(unused, [], "no line is there any more");
  });

  it("has its reasons in docs/production.md", () => {
    assert.deepEqual(
      tableUnder(readProjectFile("docs/production.md"), "kube-score"),
      scoreReasons.map(({ check, objects, why }) => [
        `\`${check}\``,
        objects === "all" ? "all" : objects.map((object) => `\`${object}\``).join(", "),
        why,
      ]),
    );
  });
});
