import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { driftTitle } from "../../scripts/ci/driftIssue.ts";
import { type FakeAnswer, FakePrograms } from "../support/fakePrograms.ts";
import { projectHas } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { commandOf, runStep } from "../support/workflows.ts";

const repository = "example/platform";
const github = { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: "7" };
const log = "https://github.com/example/platform/actions/runs/7";

function recorded(name: string, command = "preview"): string {
  return readFileSync(join(import.meta.dirname, "../fixtures", command, `${name}.txt`), "utf8");
}

/** The commands of the workflows' steps, with fakes for the programs that only GitHub's runners have. */
describe("scripts of the workflows", function () {
  this.timeout(60_000);
  this.slow(10_000);
  const folder = temporaryFolder();

  function run(command: string, answers: Record<string, FakeAnswer[]>, env: Record<string, string> = {}) {
    const bin = join(folder(), `bin-${Math.random().toString(36).slice(2)}`);
    mkdirSync(bin);
    const fakes = new FakePrograms(bin, answers);
    const result = runStep(command, { ...github, ...env, PATH: fakes.path, RUNNER_TEMP: folder() });
    const bodies = fakes.calls().flatMap(({ input }) => (input === "" ? [] : [JSON.parse(input) as Issue]));
    const calls = fakes.calls().map(({ program, args }) => [program, ...args].join(" "));
    return { ...result, calls, body: bodies[0] };
  }

  interface Issue {
    readonly body: string;
    readonly title?: string;
    readonly state?: string;
  }

  const comments = `api --paginate repos/${repository}/issues/12/comments`;
  const write: FakeAnswer = { when: "--method" };

  /** What GitHub answers about the runs of prod, newest first. */
  function deployments(...states: string[]): FakeAnswer {
    const nodes = states.map((state, index) => ({ state, commitOid: `commit${index}` }));
    const answer = { data: { repository: { deployments: { nodes } } } };
    return { when: "graphql --raw-field owner=example --raw-field name=platform", output: JSON.stringify(answer) };
  }

  describe("ci:preview", () => {
    const command = commandOf("preview", "ci:preview");
    const env = { STACK: "dev", PULL_REQUEST: "12", HEAD_COMMIT: "0a1b2c3" };

    it("writes a first comment", () => {
      const { status, calls, body, stderr } = run(
        command,
        { pulumi: [{ when: "preview", output: recorded("changed") }], gh: [{ when: comments }, write] },
        env,
      );
      assert.equal(status, 0, stderr);
      assert.deepEqual(calls[0]?.split(" ").slice(0, 4), ["pulumi", "preview", "--stack", "dev"]);
      assert.equal(calls[2], `gh api --method POST repos/${repository}/issues/12/comments --input -`);
      assert.match(body?.body ?? "", /^<!-- fluffy-observability: preview dev -->\n### Preview of `dev`: 1 to update/);
      assert.match(body?.body ?? "", /\n<\/details>\n\nFor commit 0a1b2c3\.\n$/);
      assert.ok(stderr.includes("jaeger:2.21.0"), "the log has the preview");
    });

    it("writes it too when the preview fails, over the one that is there, and fails", () => {
      const { status, calls, body } = run(
        command,
        {
          pulumi: [{ when: "preview", output: recorded("failed"), code: 255 }],
          gh: [{ when: comments, output: "101\n202\n" }, write],
        },
        env,
      );
      assert.equal(status, 255);
      assert.equal(calls[2], `gh api --method PATCH repos/${repository}/issues/comments/101 --input -`);
      assert.match(body?.body ?? "", /\n### Preview of `dev` failed\n\n> error: artifacts\.lock\.json/);
    });

    it("says in one line why there is no comment", () => {
      const { status, stderr } = run(
        command,
        {
          pulumi: [{ when: "preview", output: recorded("unchanged") }],
          gh: [{ when: comments, error: "gh: Resource not accessible by integration (HTTP 403)\n", code: 1 }],
        },
        env,
      );
      assert.equal(status, 1);
      assert.equal(
        stderr.trim().split("\n").at(-1),
        `gh ${comments} --jq failed: gh: Resource not accessible by integration (HTTP 403)`,
      );
    });
  });

  describe("ci:drift", () => {
    const command = commandOf("drift", "ci:drift");
    const list = `api --paginate repos/${repository}/issues?state=open`;
    const mark = "<!-- fluffy-observability: drift -->";
    const deployed = deployments("ACTIVE");

    it("opens one issue", () => {
      const pulumi = [{ when: "--expect-no-changes", output: recorded("changed", "refresh"), code: 7 }];
      const { status, calls, body, stdout } = run(
        command,
        { pulumi, gh: [deployed, { when: list }, write] },
        { STACK: "prod" },
      );
      assert.equal(status, 0);
      assert.equal(stdout, "prod: the cluster differs\n");
      assert.ok(calls[0]?.includes("--raw-field environment=prod"), calls[0]);
      assert.ok(
        calls[1]?.startsWith("pulumi refresh --stack prod ") && calls[1].includes(" --preview-only "),
        calls[1],
      );
      assert.equal(calls.at(-1), `gh api --method POST repos/${repository}/issues --input -`);
      assert.equal(body?.title, driftTitle);
      assert.ok(body.body.startsWith(`${mark}\n`) && body.body.includes("### prod: 1 to update"), body.body);
    });

    it("updates it, closes it when nothing differs any more, and does nothing when there is none", () => {
      const pulumi = [{ when: "--expect-no-changes", output: recorded("changed", "refresh"), code: 7 }];
      const opened =
        run(command, { pulumi, gh: [deployed, { when: list }, write] }, { STACK: "prod" }).body?.body ?? "";
      const there = [
        deployed,
        { when: list, output: "31\n" },
        { when: "issues/31 --jq", output: `${opened.replaceAll("\n", "\r\n")}\n` },
        write,
      ];
      const second = run(command, { pulumi, gh: there }, { STACK: "dev" });
      assert.equal(second.calls.at(-1), `gh api --method PATCH repos/${repository}/issues/31 --input -`);
      assert.ok(/### dev: .*### prod: /s.test(second.body?.body ?? ""), second.body?.body);

      const same = [{ when: "--expect-no-changes", output: recorded("unchanged", "refresh") }];
      const third = run(command, { pulumi: same, gh: there }, { STACK: "prod" });
      assert.equal(third.body?.state, "closed");
      assert.equal(third.stdout, "prod: no difference\n");

      const none = run(command, { pulumi: same, gh: [deployed, { when: list }] }, { STACK: "prod" });
      assert.deepEqual([none.status, none.body], [0, undefined]);
    });

    it("leaves the issue as it is while a run updates the stack", () => {
      const pulumi = [{ when: "--expect-no-changes", output: recorded("changed", "refresh"), code: 7 }];
      const gh = [deployments("IN_PROGRESS", "ACTIVE"), { when: list, output: "31\n" }, write];
      const { status, calls, stdout, stderr } = run(command, { pulumi, gh }, { STACK: "prod" });
      assert.deepEqual([status, stdout], [0, "prod: not compared, an update of it was running\n"], stderr);
      assert.deepEqual(
        calls.filter((call) => call.includes("issues")),
        [],
      );
    });

    it("fails when the comparison did, and says so in the issue", () => {
      const pulumi = [{ when: "--expect-no-changes", output: recorded("failed", "refresh"), code: 1 }];
      const { status, body } = run(command, { pulumi, gh: [deployed, { when: list }, write] }, { STACK: "dev" });
      assert.equal(status, 1);
      assert.match(body?.body ?? "", /### dev: the comparison failed[^]*> error: .* unreachable cluster/);
    });
  });

  describe("diff and ci:comment", () => {
    it("compare the golden files of the merge and its base, for the comment and the run's page", function () {
      // Sources that were downloaded as an archive have no commits to compare with.
      if (!projectHas(".git")) this.skip();
      const summary = join(folder(), "summary.md");
      // Here there is no merge commit of a pull request: the base is the commit itself.
      const compare = commandOf("preview", "diff -- --against").replace("HEAD^1", "HEAD");
      const compared = run(compare, {}, { GITHUB_STEP_SUMMARY: summary });
      assert.equal(compared.status, 0, compared.stderr);
      const text = readFileSync(summary, "utf8");
      assert.match(text, /^### What the program registers\n\n(no object changes|objects: )/);

      const comment = commandOf("preview", "--name objects");
      const { status, body } = run(comment, { gh: [{ when: comments }, write] }, { PULL_REQUEST: "12" });
      assert.equal(status, 0);
      assert.equal(body?.body, `<!-- fluffy-observability: objects -->\n${text}`);
    });

    it("say over an older comparison that the releases were not rendered for this commit", () => {
      const summary = join(folder(), "summary.md");
      const env = { GITHUB_STEP_SUMMARY: summary, GITHUB_SERVER_URL: "https://github.com" };
      assert.equal(run(commandOf("preview", "Not rendered"), {}, env).status, 0);
      const text = readFileSync(summary, "utf8");
      assert.equal(text, `### What is inside the releases\n\nNot rendered for this commit: ${log} says why.\n`);

      const gh = [{ when: comments, output: "101\n" }, write];
      const commit = "0123456789abcdef0123456789abcdef01234567";
      const comment = commandOf("preview", "--name releases");
      const { calls, body, stderr } = run(comment, { gh }, { PULL_REQUEST: "12", HEAD_COMMIT: commit });
      assert.equal(calls[1], `gh api --method PATCH repos/${repository}/issues/comments/101 --input -`, stderr);
      assert.equal(body?.body, `<!-- fluffy-observability: releases -->\n${text}\n\nFor commit ${commit}.\n`);
    });

    it("compare what is inside the releases", () => {
      const rendered = join(folder(), "rendered");
      const role = (verb: string) => `---\nkind: Role\nmetadata:\n  name: api\nrules:\n- verbs: [${verb}]\n`;
      for (const [side, verb] of Object.entries({ before: "get", after: "create" })) {
        mkdirSync(join(rendered, side, "prod"), { recursive: true });
        writeFileSync(join(rendered, side, "prod", "cert-manager.rendered.yaml"), role(verb));
      }
      // Without the rendering itself, which needs upstream's artifacts.
      const [, diff = "", show = ""] = commandOf("preview", "render-both.sh").trim().split("\n");
      const summary = join(folder(), "summary.md");
      const { status, stderr } = run(`${diff}\n${show}`, {}, { GITHUB_STEP_SUMMARY: summary });
      assert.equal(status, 0, stderr);
      assert.match(
        readFileSync(summary, "utf8"),
        /^\| Rights \(RBAC\) \| release cert-manager \| Role api \| prod \|$/m,
      );
    });
  });

  it("name the run whose log has what a comment has no room for", () => {
    const output = "    + kubernetes:v1:ConfigMap: (create)\n".repeat(5000);
    const { body } = run(
      commandOf("preview", "ci:preview"),
      { pulumi: [{ when: "preview", output }], gh: [{ when: comments }, write] },
      { STACK: "dev", PULL_REQUEST: "12" },
    );
    assert.match(body?.body ?? "", new RegExp(`^… \\d+ more lines: ${log}$`, "m"));
  });
});
