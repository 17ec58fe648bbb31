import assert from "node:assert/strict";
import { constants, accessSync, globSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { commandsUnder } from "../support/docsCommands.ts";
import { projectFolder, readProjectFile } from "../support/markdown.ts";
import { stacks } from "../../review/program/runs.ts";
import { type Step, workflows } from "../support/workflows.ts";

interface Concurrency {
  readonly group: string;
  readonly "cancel-in-progress": boolean | string;
}

interface Grouped {
  readonly concurrency?: Concurrency;
}

const files = globSync(".github/{workflows,actions/*}/*.yml", { cwd: projectFolder });
const all = [...workflows()];
const jobs = all.flatMap(([name, { jobs: own }]) => Object.entries(own).map(([id, job]) => ({ name, id, job })));
const ownAction = load(readProjectFile(".github/actions/pulumi/action.yml")) as { runs: { steps: readonly Step[] } };
const steps = [...jobs.flatMap(({ job }) => job.steps), ...ownAction.runs.steps];
const isFork = "github.event.pull_request.head.repo.full_name == github.repository";

const isMain = "github.ref == 'refs/heads/main'";

describe("workflows", () => {
  it("are these", () => {
    assert.deepEqual(all.map(([name]) => name).sort(), ["checksums", "ci", "drift", "e2e", "preview", "up"]);
  });

  it("use actions by commit, with the version for people and Renovate", () => {
    const uses = files.flatMap((file) => readProjectFile(file).match(/uses: .*/g) ?? []);
    assert.ok(uses.length > 10);
    for (const line of uses) {
      assert.match(line, /^uses: (\.\/\.github\/actions\/pulumi|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
    }
  });

  it("start with no rights but to read, and their jobs add what they need", () => {
    for (const [name, { permissions }] of all) {
      assert.ok(permissions !== undefined, name);
      assert.ok(
        Object.entries(permissions).every(([scope, right]) => scope === "contents" && right === "read"),
        name,
      );
    }
    const written = jobs.flatMap(({ name, id, job }) =>
      Object.entries(job.permissions ?? {}).flatMap(([scope, right]) =>
        right === "write" ? [`${name}.${id}: ${scope}`] : [],
      ),
    );
    assert.deepEqual(written.sort(), [
      "checksums.propose: contents",
      "checksums.propose: pull-requests",
      "drift.drift: id-token",
      "drift.drift: issues",
      "preview.objects: pull-requests",
      "preview.preview: id-token",
      "preview.preview: pull-requests",
      "up.dev: id-token",
      "up.prod: id-token",
      "up.staging: id-token",
    ]);
  });

  it("give credentials to no fork, and only within an environment", () => {
    const withCredentials = jobs.filter(({ job }) => /secrets\.|id-token/.test(JSON.stringify(job)));
    assert.ok(withCredentials.length > 4);
    for (const { name, id, job } of withCredentials) {
      assert.ok(job.environment !== undefined, `${name}.${id}`);
      const onPullRequests = "pull_request" in (workflows().get(name)?.on ?? {});
      const byHand = "workflow_dispatch" in (workflows().get(name)?.on ?? {});
      assert.equal(job.if, onPullRequests ? isFork : byHand ? isMain : undefined, `${name}.${id}`);
    }
    assert.ok(all.every(([, { on }]) => !("pull_request_target" in on)));
  });

  it("run a branch's code in environments of previews only, and what writes to the repository on main only", () => {
    const onBranches = all.flatMap(([, { on, jobs: own }]) => {
      const { push } = on as { push?: { branches: string[] } | null };
      const mainOnly = push === undefined || push?.branches.join() === "main";
      return "pull_request" in on || !mainOnly ? Object.values(own) : [];
    });
    const environments = onBranches.flatMap(({ environment = [] }) => environment);
    assert.deepEqual(environments, ["preview-${{ matrix.stack }}"]);
    for (const { name, id, job } of jobs) {
      if (job.permissions?.["contents"] === "write") assert.equal(job.if, isMain, `${name}.${id}`);
    }
  });

  it("leave no token in the checkout for the code that they run", () => {
    for (const file of files) {
      const text = readProjectFile(file);
      const checkouts = text.match(/uses: actions\/checkout@.*\n\s+with:\n\s+persist-credentials: false/g) ?? [];
      assert.equal(checkouts.length, text.match(/uses: actions\/checkout@/g)?.length ?? 0, file);
    }
  });

  it("put nothing that a pull request can name into a command", () => {
    for (const { run = "" } of steps) assert.doesNotMatch(run, /\$\{\{/, run);
  });

  it("run scripts that are there", () => {
    const { scripts } = JSON.parse(readProjectFile("package.json")) as { scripts: Record<string, string> };
    const commands = steps.map(({ run = "" }) => run).join("\n");
    const names = [...commands.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = ""]) => name);
    assert.ok(names.length > 5);
    for (const name of names) assert.ok(name in scripts, `package.json has no script ${name}`);
    for (const [file] of commands.matchAll(/scripts\/\S+\.sh/g)) accessSync(join(projectFolder, file), constants.X_OK);
    for (const [file] of commands.matchAll(/scripts\/\S+\.(ts|mjs)/g)) accessSync(join(projectFolder, file));
  });

  it("preview and compare every stack, and take it up in the order dev, staging, prod, which waits for an approval", () => {
    const { up, drift, preview } = Object.fromEntries(all);
    const order = Object.entries(up?.jobs ?? {}).map(([id, { needs, environment }]) => [id, needs, environment]);
    assert.deepEqual(order, [
      ["dev", undefined, "dev"],
      ["staging", "dev", "staging"],
      ["approval", "staging", "prod-approval"],
      ["prod", "approval", "prod"],
    ]);
    for (const [job, kind] of [
      [drift?.jobs["drift"], "drift"],
      [preview?.jobs["preview"], "preview"],
    ] as const) {
      assert.deepEqual(job?.strategy?.matrix.stack, stacks);
      assert.equal(job.environment, `${kind}-\${{ matrix.stack }}`);
    }
    // They write to one issue.
    assert.equal(drift?.jobs["drift"]?.strategy?.["max-parallel"], 1);
  });

  it("update one stack at a time, break no update off, and let no stack wait for another one's approval", () => {
    const { jobs: own = {}, ...up } = workflows().get("up") ?? {};
    // The workflow's own group would hold a merge back until the one before it is approved.
    assert.ok(!("concurrency" in up));
    const groups = Object.entries(own as Record<string, Grouped>).map(([id, { concurrency }]) => [id, concurrency]);
    assert.deepEqual(Object.fromEntries(groups), {
      dev: { group: "up-dev", "cancel-in-progress": false },
      staging: { group: "up-staging", "cancel-in-progress": false },
      // Waiting for approval counts as in progress.
      approval: { group: "up-approval", "cancel-in-progress": true },
      prod: { group: "up-prod", "cancel-in-progress": false },
    });
  });

  it("break off no job that updates a stack", () => {
    const interruptible = jobs.filter(({ job }) => (job as Grouped).concurrency?.["cancel-in-progress"] === true);
    assert.deepEqual(
      interruptible.map(({ job }) => [job.environment, job.steps.map(({ run }) => run)]),
      [["prod-approval", ['echo "$GITHUB_SHA goes to prod"']]],
    );
  });

  it("share no group, so that none cancels what waits in another one", () => {
    const ofWorkflows = all.map(([, { concurrency }]) => (concurrency as Concurrency | undefined)?.group);
    const ofJobs = jobs.map(({ job }) => (job as Grouped).concurrency?.group);
    const groups = [...ofWorkflows, ...ofJobs].filter((group) => group !== undefined);
    assert.ok(groups.includes("drift"));
    assert.deepEqual(groups, [...new Set(groups)]);
  });

  it("comment on the releases whether they could be rendered or not", () => {
    const own = workflows().get("preview")?.jobs["objects"]?.steps ?? [];
    const last = own.slice(own.findIndex(({ run = "" }) => run.includes("render-both.sh")));
    assert.equal(last.length, 3);
    const [render, say, comment] = last;
    assert.ok(say?.run?.includes("Not rendered") && comment?.run?.includes("--name releases"));
    // A step that may fail has `failure` for its outcome and `success` for its conclusion.
    const { id, "continue-on-error": mayFail } = render as unknown as Record<string, unknown>;
    assert.deepEqual([id, mayFail], ["releases", true]);
    assert.equal(say?.if, "steps.releases.outcome == 'failure'");
    assert.equal(comment?.if, "env.CAN_COMMENT == 'true'");
    const { env } = workflows().get("preview") as unknown as { env: Record<string, string> };
    assert.equal(env["HEAD_COMMIT"], "${{ github.event.pull_request.head.sha }}");
  });

  it("end a step where a part of a pipe fails, as tests run them", () => {
    for (const [name, workflow] of all) {
      assert.deepEqual((workflow as unknown as Record<string, unknown>)["defaults"], { run: { shell: "bash" } }, name);
    }
  });

  it("run the README's first command and its test command in ci", () => {
    const commands = (workflows().get("ci")?.jobs["test"]?.steps ?? []).flatMap(({ run }) => run ?? []);
    const own = commands.filter((command) => /^npm (run sandbox|test)/.test(command));
    assert.deepEqual(own, ["npm run sandbox", "npm run sandbox -- down", "npm test"]);
    assert.equal(commandsUnder("README.md", "Two commands")[0], own[0]);
    assert.ok(readProjectFile("README.md").includes("The test command is `npm test`"));
  });
});
