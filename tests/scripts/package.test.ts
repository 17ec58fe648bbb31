import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type ProjectManifest, packageManifest } from "../../scripts/package/manifest.ts";
import { projectFolder, readProjectFile } from "../support/markdown.ts";

describe("npm run package", function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-test-"));
  const installed = join(folder, "node_modules/fluffy-observability");
  const node = (args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });

  before("pack it, and install it in a project of its own", () => {
    const out = execFileSync(
      process.execPath,
      ["--import", "./runTypeScript.mjs", "scripts/package.ts", "--out", folder],
      { cwd: projectFolder, encoding: "utf8" },
    );
    // What it needs beside it: the project has the same versions. npm makes links of folders, and leaves what is in them alone.
    const { dependencies, peerDependencies } = packageManifest(
      JSON.parse(readProjectFile("package.json")) as ProjectManifest,
    ) as Record<"dependencies" | "peerDependencies", Record<string, string>>;
    const needed = [...Object.keys(dependencies), ...Object.keys(peerDependencies), "@types/node"];
    const links = needed.map((name) => [name, `file:${join(projectFolder, "node_modules", name)}`] as const);
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ type: "module", dependencies: Object.fromEntries(links) }),
    );
    const npm = [
      "install",
      "--offline",
      "--cache",
      join(folder, "cache"),
      "--ignore-scripts",
      `./${basename(out.trim())}`,
    ];
    execFileSync("npm", npm, { cwd: folder, encoding: "utf8" });
    const example = /```ts\n([\s\S]*?)```/.exec(readProjectFile("docs/package.md"))?.[1] ?? "";
    writeFileSync(join(folder, "program.ts"), example);
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("exports what its page says, and nothing else", () => {
    writeFileSync(
      join(folder, "exports.ts"),
      'import * as all from "fluffy-observability"; console.log(JSON.stringify(Object.keys(all)));\n',
    );
    const [, list = ""] = /It holds ([\s\S]*?), and these types:/.exec(readProjectFile("docs/package.md")) ?? [];
    const named = [...list.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
    assert.deepEqual((JSON.parse(node(["exports.ts"])) as string[]).sort(), named.sort());
  });

  it("holds what these need, and nothing else", () => {
    const floors = new Set(globSync("*/", { cwd: installed }));
    assert.deepEqual([...floors].sort(), ["catalog", "components", "outputs", "package", "rules", "settings"]);
    assert.deepEqual(
      globSync("**/*.ts", { cwd: installed }).filter((file) => !file.endsWith(".d.ts")),
      [],
    );
  });

  it("has types for the program of its page", () => {
    const options = { strict: true, module: "nodenext", target: "es2023", noEmit: true, types: ["node"] };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...options, skipLibCheck: true }, files: ["program.ts"] }),
    );
    node([join(projectFolder, "node_modules/typescript/bin/tsc"), "-p", "."]);
  });

  it("runs the program of its page, which registers an instrumented API", () => {
    writeFileSync(join(folder, "run.ts"), mockedRun);
    const registered = JSON.parse(node(["run.ts"])) as { type: string; inputs: Record<string, unknown> }[];
    const deployment = registered.find(({ type }) => type === "kubernetes:apps/v1:Deployment");
    const text = JSON.stringify(deployment?.inputs);
    assert.match(text, /"instrumentation.opentelemetry.io\/inject-python":"observability\/python"/);
    assert.match(text, /"image":"registry.example.com\/prices:1.4.2"/);
  });
});

/** Runs the program under the SDK's mocks, and prints what it registers. */
const mockedRun = `
import * as pulumi from "@pulumi/pulumi";
import messages from "@pulumi/pulumi/proto/resource_pb.js";

const registered = [];
const data = {
  instrumentation: JSON.stringify("observability/python"),
  instrumentationHash: JSON.stringify("1234"),
  grafanaUrl: JSON.stringify("http://grafana"),
};
await pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    registered.push({ type, inputs });
    return { id: name, state: type === "kubernetes:core/v1:ConfigMap" ? { ...inputs, data } : inputs };
  },
  call: ({ inputs }) => inputs,
});
// The SDK's mocks say only of what they have registered that it is there.
pulumi.runtime.getMonitor().existsResource = (_, done) => {
  done(null, new messages.ExistsResourceResponse().setExists(true));
};
await import("./program.ts");
await pulumi.runtime.disconnect();
console.log(JSON.stringify(registered));
`;
