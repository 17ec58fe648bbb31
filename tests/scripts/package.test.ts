import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
    mkdirSync(installed, { recursive: true });
    execFileSync("tar", ["-xzf", out.trim(), "--strip-components", "1", "-C", installed]);
    // What npm would install beside it: the project has the same versions.
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(installed, "package.json"), "utf8"),
    ) as Record<"dependencies" | "peerDependencies", Record<string, string>>;
    for (const name of [...Object.keys(dependencies), ...Object.keys(peerDependencies), "@types/node"]) {
      const link = join(folder, "node_modules", name);
      mkdirSync(join(link, ".."), { recursive: true });
      symlinkSync(join(projectFolder, "node_modules", name), link);
    }
    const example = /```ts\n([\s\S]*?)```/.exec(readProjectFile("docs/package.md"))?.[1] ?? "";
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(folder, "program.ts"), example);
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("holds what the two need, and nothing else", () => {
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
