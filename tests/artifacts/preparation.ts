import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ArtifactsOptions, prepareArtifacts } from "../../artifacts/artifacts.ts";
import { sha256 } from "../../artifacts/files.ts";
import { pack } from "../../artifacts/tarball.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { answerChart, answerRegistryChart } from "./chartServer.ts";
import { fileServer } from "./fileServer.ts";

export const manifest = `apiVersion: v1
kind: Service
metadata: { name: a, namespace: default }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: mutating }
`;

/** The bundle's key in the lock file. */
export const key = "some-operator-v1.0.0";
export const namespace = { from: "default", to: "new" };

/** What a mirror has. */
export const mirrored = {
  [`bundles/${key}.yaml`]: manifest,
  "charts/one-v1.1.0.tgz": "archive one",
  "charts/two-2.0.0.tgz": "archive two",
};

/** Upstream's charts. */
export const [one, two] = ["one", "two"].map((name) => pack({ [`${name}/Chart.yaml`]: `name: ${name}\n` })) as [
  Buffer,
  Buffer,
];
export const upstreamLock = { [key]: sha256(manifest), "one-v1.1.0.tgz": sha256(one), "two-2.0.0.tgz": sha256(two) };

/** A bundle and two charts, prepared in a folder of its own for each test of the surrounding suite. */
export function preparation() {
  const folder = temporaryFolder();
  const server = fileServer();
  const lockFile = () => join(folder(), "artifacts.lock.json");
  const artifacts = () => join(folder(), ".artifacts");
  let warnings: string[];
  const { warn } = console;

  beforeEach(() => {
    warnings = [];
    // Without an engine Pulumi logs to the console.
    console.warn = (line: unknown) => warnings.push(String(line));
  });
  afterEach(() => {
    console.warn = warn;
  });

  function prepare(options: Partial<ArtifactsOptions> = {}) {
    const spec = { name: "some-operator", version: "v1.0.0", url: server.url("/bundle.yaml") };
    return prepareArtifacts(
      {
        bundles: { operator: { spec, patches: { namespace, crdPolicy: "keep" } } },
        charts: {
          fromRepo: {
            spec: { name: "one", version: "v1.1.0", chart: "one", repo: server.url("/charts") },
            patches: { crdPolicy: "keep" },
          },
          fromRegistry: {
            spec: { name: "two", version: "2.0.0", chart: server.url("/two").replace("http:", "oci:") },
            patches: { crdPolicy: "keep" },
          },
        },
      },
      {
        mirror: "",
        locked: false,
        unattended: false,
        folder: artifacts(),
        lockFile: lockFile(),
        download: { firstPause: 1, timeLimit: 300 },
        ...options,
      },
    );
  }

  async function fails(message: RegExp, options: Partial<ArtifactsOptions> = {}): Promise<void> {
    await assert.rejects(prepare(options), (error: Error) => {
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
      // Pulumi prints such an error without its stack.
      assert.ok("__pulumiRunError" in error);
      return true;
    });
  }

  async function writeMirror(files: Record<string, string>): Promise<string> {
    const mirror = join(folder(), "mirror");
    for (const kind of ["bundles", "charts"]) await mkdir(join(mirror, kind), { recursive: true });
    for (const [path, content] of Object.entries(files)) await writeFile(join(mirror, path), content);
    const sums = Object.entries(files).map(([path, content]) => `${sha256(content)}  ${path}\n`);
    await writeFile(join(mirror, "SHA256SUMS"), sums.join(""));
    return mirror;
  }

  /** Upstream has everything. */
  function answerAll(): void {
    server.answer("/bundle.yaml", manifest);
    answerChart(server, { name: "one", version: "v1.1.0", content: one }, "/charts");
    answerRegistryChart(server, { name: "two", version: "2.0.0", content: two });
  }

  return { folder, server, lockFile, artifacts, warnings: () => warnings, prepare, fails, writeMirror, answerAll };
}
