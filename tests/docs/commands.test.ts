import assert from "node:assert/strict";
import { dump } from "js-yaml";
import { type Endpoint, endpoints, portForward } from "../../catalog/endpoints.ts";
import { parseOptions } from "../../sandbox/options.ts";
import { parseSettings } from "../../settings/read.ts";
import { settingsSchema } from "../../settings/schema.ts";
import { docsCommands, npmCommands } from "../support/docsCommands.ts";
import { projectHas, readProjectFile } from "../support/markdown.ts";

const commands = docsCommands();

/**
 * Who runs the commands that are not looked at here: a test, which has the words that show it, or what stands in docs/not-run.md.
 */
const elsewhere: readonly (readonly [command: RegExp, file: string, shown: string])[] = [
  [/^npm ci$/, "tests/lockedNode.test.ts", '"ci", "--dry-run"'],
  [/^npm install \.\//, "tests/scripts/package.test.ts", '"--offline"'],
  [/^curl localhost:/, "tests/telemetry/sandbox.test.ts", "curl localhost:"],
  [/^scripts\/ci\/render-both\.sh/, "tests/workflows/shellScripts.test.ts", "render-both"],
  [/^pulumi (up|preview|refresh|destroy|stack (init|output))\b/, "docs/not-run.md", "pulumi"],
  [/^pulumi login|^export PULUMI_/, "docs/not-run.md", "pulumi"],
  [/^pulumi (import|preview --import-file)/, "docs/not-run.md", "pulumi"],
  [/^(ctlptl|docker) /, "docs/not-run.md", "kind"],
  [/^kubectl port-forward /, "tests/docs/commands.test.ts", "forward the ports"],
  [/^kubectl --namespace default get prometheus,/, "tests/cluster/pages.test.ts", "get prometheus,"],
  [/^kubectl (--namespace \S+ )?(get|describe) /, "tests/telemetry/sandbox.test.ts", "(get|describe)"],
  [/^kubectl create configmap /, "tests/cluster/pages.test.ts", "--from-file="],
  [/^kubectl --kubeconfig \.sandbox\/kubeconfig apply /, "tests/support/readmeWalk.ts", "/^kubectl .* apply/"],
  [/^for i in \$\(seq 20\); do curl /, "tests/support/readmeWalk.ts", "/^for /"],
  [/^kubectl (auth|create rolebinding)\b/, "tests/support/tenancyCluster.ts", "teamRole"],
  [
    /^(manifest|adopted)=|^kubectl (--namespace default )?(label|annotate|delete)\b/,
    "tests/cluster/pages.test.ts",
    "docs/takeover.md",
  ],
  [
    /^kubectl --namespace \S+ (patch (prometheus|opentelemetrycollector)|scale statefulset) /,
    "tests/cluster/backupPages.test.ts",
    "patch opentelemetrycollector",
  ],
  [/^curl (--insecure )?--request POST /, "tests/telemetry/backup.test.ts", "snapshot"],
  [
    /^(tar c .*)?kubectl --namespace \S+ (cp|exec|rollout|port-forward) /,
    "docs/not-run.md",
    "copies into and out of pods",
  ],
  [/^kubectl --namespace \S+ patch /, "tests/cluster/pages.test.ts", " patch "],
  [
    /^for namespace in|^done$|^kubectl (--namespace \S+ )?(create (secret|namespace)|label secret)\b/,
    "tests/cluster/pages.test.ts",
    "docs/production.md",
  ],
  [/^kubectl --namespace \S+ logs\b/, "docs/not-run.md", "`kubectl logs`"],
  [/^cd stacks\/team-api$/, "tests/docs/commands.test.ts", "stacks/team-api"],
  [/^git checkout origin\/main -- /, "tests/scripts/upgrade.test.ts", "catalog/versions.ts"],
];

/** Who runs the npm scripts that the pages name, in the same way. */
const npmScripts: Readonly<Record<string, readonly [file: string, shown: string]>> = {
  "artifacts:lock": ["tests/program/lockedArtifacts.test.ts", "scripts/artifactsLock.ts"],
  bench: ["docs/not-run.md", "`npm run bench`"],
  "ci:preview": ["tests/workflows/scripts.test.ts", 'describe("ci:preview"'],
  diff: ["tests/workflows/scripts.test.ts", 'describe("diff and ci:comment"'],
  e2e: ["tests/scripts/e2e.test.ts", "scripts/e2e.ts"],
  forward: ["tests/scripts/forward.test.ts", "scripts/forward.ts"],
  golden: ["tests/scripts/upgrade.test.ts", 'run("golden.ts")'],
  "images:lock": ["docs/not-run.md", "`npm run images:lock`"],
  init: ["tests/scripts/init.test.ts", "scripts/init.ts"],
  "injection-check": ["tests/scripts/injectionCheck.test.ts", "scripts/injectionCheck.ts"],
  mirror: ["tests/scripts/mirror.test.ts", "scripts/mirror.ts"],
  package: ["tests/scripts/package.test.ts", "scripts/package.ts"],
  pictures: ["docs/not-run.md", "`npm run pictures`"],
  "programs:lock": ["docs/not-run.md", "`npm run programs:lock`"],
  recover: ["tests/cluster/recover.test.ts", "scripts/recover.ts"],
  remains: ["docs/not-run.md", "`npm run remains`"],
  render: ["tests/cluster/render.test.ts", "scripts/render.ts"],
  sandbox: ["tests/telemetry/sandbox.test.ts", "sandbox/main.ts"],
  sbom: ["tests/scripts/sbom.test.ts", "scripts/sbom.ts"],
  test: [".ci/run", "npm test"],
  upgrade: ["tests/scripts/upgrade.test.ts", 'run("upgrade.ts"'],
  verify: ["docs/not-run.md", "`npm run verify`"],
};

describe("the commands of README.md and docs/", () => {
  it("are found", () => {
    assert.ok(commands.length > 60, String(commands.length));
    assert.ok(npmCommands().length > 30, String(npmCommands().length));
  });

  it("are all looked at here, or run by a test that is named, or said to be not run", () => {
    const ofNpm = new Set(npmCommands().map(({ text }) => text));
    const unknown = commands.filter(
      ({ text }) =>
        setting(text) === undefined && !ofNpm.has(text) && !elsewhere.some(([command]) => command.test(text)),
    );
    assert.deepEqual(unknown, [], "say in this file which test runs them");
    for (const [command, file, shown] of elsewhere) {
      assert.ok(
        commands.some(({ text }) => command.test(text)),
        `no page has ${String(command)} any more`,
      );
      assert.ok(projectHas(file) && readProjectFile(file).includes(shown), `${file} does not have ${shown}`);
    }
  });

  it("start npm scripts that there are, each run by a test that is named, or said to be not run", () => {
    const { scripts } = JSON.parse(readProjectFile("package.json")) as { scripts: Record<string, string> };
    const started = [...new Set(npmCommands().map(({ script }) => script))];
    assert.deepEqual(
      started.filter((script) => scripts[script] === undefined),
      [],
    );
    assert.deepEqual(started.sort(), Object.keys(npmScripts).sort(), "say in this file which test runs them");
    for (const [file, shown] of Object.values(npmScripts)) {
      assert.ok(projectHas(file) && readProjectFile(file).includes(shown), `${file} does not have ${shown}`);
    }
  });

  for (const { page, text, argv } of npmCommands().filter(({ script }) => script === "sandbox")) {
    it(`are ones that the sandbox takes: ${text} (${page})`, () => {
      parseOptions(argv.map((arg) => arg.replace(/^(NAME|STACK)$/, "dev")));
    });
  }

  for (const { page, text } of commands.filter((each) => setting(each.text) !== undefined)) {
    it(`set what is a setting: ${text} (${page})`, () => {
      const { key, value } = setting(text) ?? { key: "", value: "" };
      const problems = problemsOf(key, value);
      // What belongs to it is set by the next lines of the page.
      const alone = /is missing|is not used|but alertmanager\.receivers is empty|has no receiver/;
      assert.deepEqual(
        problems.filter((line) => !alone.test(line)),
        [],
        dump({ key, value }),
      );
    });
  }

  it("forward the ports of the default settings", () => {
    const forwards = commands.filter(({ text }) => text.startsWith("kubectl port-forward")).map(({ text }) => text);
    const expected = Object.values<Endpoint>({ ...endpoints(parseSettings({})) }).map((endpoint) =>
      portForward(endpoint, ""),
    );
    assert.deepEqual([...new Set(forwards)].sort(), expected.sort());
  });
});

/** What a `pulumi config set` sets; undefined for another command. */
function setting(command: string): { key: string; value: string } | undefined {
  const [, key, value] = /^pulumi config set (?:--\S+ (?:float )?)*'?([^\s']+)'?(?: ([^\s-]\S*))?/.exec(command) ?? [];
  return key === undefined ? undefined : { key, value: value ?? "a secret that is asked for" };
}

/** What the program says of one value at a path such as `alertmanager.routes[0].receiver`. */
function problemsOf(path: string, text: string): string[] {
  const keys = path.split(/[.[\]"]+/).filter((key) => key !== "");
  const [top = "", ...inner] = keys;
  const value = /^(true|false|[\d.]+)$/.test(text) ? (JSON.parse(text) as unknown) : text;
  const nested = inner.reduceRight<unknown>(
    (content, key) => (/^\d+$/.test(key) ? [content] : { [key]: content }),
    value,
  );
  assert.ok(top in settingsSchema.shape, path);
  try {
    parseSettings({ [top]: typeof nested === "string" ? nested : JSON.stringify(nested) });
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
}
