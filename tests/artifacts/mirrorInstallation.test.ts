import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { appendFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fillMirror } from "../../artifacts/fillMirror.ts";
import { sha256 } from "../../artifacts/files.ts";
import { writeLock } from "../../artifacts/lock.ts";
import { everyArtifact, preparePlatformArtifacts } from "../../artifacts/request.ts";
import { everyImage } from "../../catalog/imageRegistry.ts";
import { mirror } from "../../review/program/mirror.ts";
import { runProgram } from "../../review/program/program.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { parseSettings } from "../../settings/read.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { upstreamServer, withoutConnections } from "./upstreamServer.ts";

/** Together they install everything. */
const configs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "stack dev": stackConfig("dev"),
  "stack prod": stackConfig("prod"),
  "engine operator": { jaegerEngine: "operator" },
};

describe("an installation from a folder that was filled from upstream, with every connection forbidden", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const upstream = upstreamServer();
  const target = () => join(folder(), "mirror");
  const home = process.cwd();
  const { CI: ci } = process.env;

  beforeEach(async () => {
    const source = mirror ?? (await standInFolder());
    upstream.answerArtifacts(source);
    const lockFile = join(folder(), "artifacts.lock.json");
    const sums = everyArtifact.map(({ key, path }) => [key, sha256(readFileSync(join(source, path)))] as const);
    await writeLock(lockFile, Object.fromEntries(sums));
    await fillMirror(everyArtifact, target(), {
      ...{ lockFile, programs: [] },
      hold: () => Promise.resolve({ release: () => undefined }),
      images: Object.fromEntries(everyImage().map((image) => [image, undefined])),
    });
    // The cache of charts is then empty.
    process.chdir(folder());
    delete process.env["CI"];
  });
  withoutConnections();
  afterEach(() => {
    process.chdir(home);
    if (ci !== undefined) process.env["CI"] = ci;
  });

  for (const [what, config] of Object.entries(configs)) {
    it(`registers all, and the list of images has those of it: ${what}`, async () => {
      const { registered, outputs } = await runProgram({ config: { ...config, artifactsMirror: target() } });
      const releases = registered.filter(({ type }) => type.endsWith(":Release"));
      assert.ok(releases.length >= 6, String(releases.length));
      const listed = readFileSync(join(target(), "images.txt"), "utf8").trim().split("\n");
      const { image: own } = parseSettings(config).sampleApi;
      const missing = (outputs["images"] as string[]).filter((image) => image !== own && !listed.includes(image));
      assert.deepEqual(missing, []);
    });
  }

  /** What is said when a file is not as it was; "" where nothing needs it. */
  async function refusal(config: Readonly<Record<string, string>>): Promise<string> {
    try {
      await preparePlatformArtifacts(parseSettings({ ...config, artifactsMirror: target() }));
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** @param spoil lets a file be missing or another one */
  async function namesEach(spoil: (file: string) => Promise<unknown>, line: (file: string) => RegExp): Promise<void> {
    for (const { path } of everyArtifact) {
      const file = join(target(), path);
      const content = readFileSync(file);
      await spoil(file);
      const said = await Promise.all(Object.values(configs).map(refusal));
      await writeFile(file, content);
      const lines = said.filter((each) => each !== "");
      assert.ok(lines.length > 0, `nothing needs ${path}`);
      for (const each of lines) assert.match(each, line(file));
    }
    assert.deepEqual(await Promise.all(Object.values(configs).map(refusal)), ["", "", ""]);
  }

  it("needs every bundle and chart of the folder, and names one that is missing in one line", async () => {
    await namesEach(
      (file) => rename(file, `${file}.away`),
      (file) => new RegExp(`^artifactsMirror: there is no ${file}$`),
    );
  });

  it("names one that was changed in one line", async () => {
    await namesEach(
      (file) => appendFile(file, "\n"),
      (file) =>
        new RegExp(`^artifactsMirror: ${file} has checksum \\w+, but \\S+/SHA256SUMS says \\w+: the file is not used$`),
    );
  });
});
