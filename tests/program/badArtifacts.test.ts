import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { sha256 } from "../../artifacts/files.ts";
import { bundleKey } from "../../artifacts/artifact.ts";
import { bundles, charts } from "../../catalog/versions.ts";
import { runFailingProgram } from "../../review/program/program.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

// With this engine the program needs every one of them.
const config = { jaegerEngine: "operator" };
const bundleFiles = Object.values(bundles).map((spec) => `bundles/${bundleKey(spec)}.yaml`);
const chartFiles = Object.values(charts).map(({ name, version }) => `charts/${name}-${version}.tgz`);
const allFiles = [...bundleFiles, ...chartFiles];

/** What is wrong with one file of a mirror. */
interface Fault {
  readonly files: readonly string[];
  readonly damage: (file: string) => Promise<void>;
  /** Whether SHA256SUMS is written anew: only then the content is looked at. */
  readonly summed: boolean;
  /** The error, `MIRROR` for the mirror's folder, `NAME` for the file's path in it. */
  readonly says: RegExp;
}

/** Adds a ConfigMap to a manifest. */
function withConfigMap(metadata: string, data = ""): (file: string) => Promise<void> {
  return (file) =>
    appendFile(file, `---\napiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\ndata: { some: "${data}" }\n`);
}

const faults: Readonly<Record<string, Fault>> = {
  "is not there": {
    files: allFiles,
    damage: (file) => rm(file),
    summed: false,
    says: /^artifactsMirror: there is no MIRROR\/NAME$/,
  },
  "is not there, and SHA256SUMS does not know it": {
    files: allFiles,
    damage: (file) => rm(file),
    summed: true,
    says: /^artifactsMirror: MIRROR\/SHA256SUMS has no line for NAME$/,
  },
  "does not match its checksum": {
    files: allFiles,
    damage: (file) => appendFile(file, "\n"),
    summed: false,
    says: /^artifactsMirror: MIRROR\/NAME has checksum [0-9a-f]{64}, but MIRROR\/SHA256SUMS says [0-9a-f]{64}: the file is not used$/,
  },
  "is not YAML": {
    files: bundleFiles,
    damage: (file) => appendFile(file, "---\nspec: {\n"),
    summed: true,
    says: /^MIRROR\/NAME:\d+: not YAML: .+$/,
  },
  "has an object without a namespace": {
    files: bundleFiles,
    damage: withConfigMap("{ name: lost }"),
    summed: true,
    says: /^MIRROR\/NAME: ConfigMap "lost" says no metadata\.namespace$/,
  },
  "has an object without a name": {
    files: bundleFiles,
    damage: withConfigMap("{ namespace: default }"),
    summed: true,
    says: /^MIRROR\/NAME: document \d+ \(kind ConfigMap\) has no metadata\.name$/,
  },
  "gives a record that no Secret can hold": {
    files: bundleFiles,
    damage: withConfigMap("{ name: large, namespace: default }", randomBytes(1024 * 1024).toString("base64")),
    summed: true,
    says: /^MIRROR\/NAME: Helm could not store the release: its record takes \d{7} bytes, a Secret holds 1048576$/,
  },
};

async function writeSums(mirror: string): Promise<void> {
  const there = allFiles.filter((name) => existsSync(join(mirror, name)));
  const lines = there.map(async (name) => `${sha256(await readFile(join(mirror, name)))}  ${name}\n`);
  await writeFile(join(mirror, "SHA256SUMS"), (await Promise.all(lines)).join(""));
}

describe("bad artifacts", function () {
  this.slow(1000);
  const folder = temporaryFolder();

  /** The program fails with one line for users, and changes nothing. */
  async function assertRefused(says: RegExp, name = "no file"): Promise<void> {
    const { error, registered } = await runFailingProgram({ config: { ...config, artifactsMirror: folder() } });
    assert.ok(error instanceof pulumi.RunError, String(error));
    assert.match(error.message.replaceAll(folder(), "MIRROR").replaceAll(name, "NAME"), says);
    assert.ok(!error.message.includes("\n"), error.message);
    assert.deepEqual(
      registered.map(({ label }) => label),
      ["Stack fluffy-observability-test"],
    );
  }

  beforeEach(async () => {
    await cp(await standInFolder(), folder(), { recursive: true });
  });

  for (const [what, { files, damage, summed, says }] of Object.entries(faults)) {
    for (const name of files) {
      it(`change nothing: ${name} ${what}`, async () => {
        await damage(join(folder(), name));
        if (summed) await writeSums(folder());
        await assertRefused(says, name);
      });
    }
  }

  it("change nothing: there is no SHA256SUMS", async () => {
    await rm(join(folder(), "SHA256SUMS"));
    await assertRefused(
      /^artifactsMirror: there is no MIRROR\/SHA256SUMS: a mirror holds SHA256SUMS, bundles\/ and charts\/$/,
    );
  });

  it("are what is refused: the same mirror with checksums of its own is taken", async () => {
    await writeSums(folder());
    const { error } = await runFailingProgram({ config: { ...config, artifactsMirror: folder() } });
    assert.match(String(error), /^Error: the program ran through and gave /);
  });
});
