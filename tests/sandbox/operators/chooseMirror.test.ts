import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "../../../artifacts/files.ts";
import { openMirror } from "../../../artifacts/mirror.ts";
import { bundleArtifact, chartArtifact } from "../../../artifacts/artifact.ts";
import { downloadedFile } from "../../../artifacts/upstream.ts";
import { bundles, charts } from "../../../catalog/versions.ts";
import { chooseMirror } from "../../../sandbox/operators/chooseMirror.ts";
import { writeStandInMirror } from "../../../artifacts/standIns/standInMirror.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("chooseMirror", () => {
  const folder = temporaryFolder();
  const { fetch } = globalThis;
  let asked: string[];
  let notes: string[];

  beforeEach(() => {
    asked = [];
    notes = [];
  });
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  /** Every server answers so. */
  function answer(reply: (url: string, signal: AbortSignal) => Promise<Response>): void {
    globalThis.fetch = (input, init) => {
      assert.ok(typeof input === "string" && init?.signal);
      asked.push(input);
      return reply(input, init.signal);
    };
  }

  const status = (code: number) => () => Promise.resolve(new Response(null, { status: code }));
  const standIns = async () => `stand-ins:${await writeStandInMirror(join(folder(), "cache"))}`;

  function choose(configured = "", timeLimit = 1000): Promise<string> {
    const options = { cache: join(folder(), "cache"), project: folder(), timeLimit };
    return chooseMirror(configured, options, { note: (line) => notes.push(line) });
  }

  it("takes the configured mirror without asking anybody", async () => {
    answer(status(200));
    assert.equal(await choose("../mirror"), "../mirror");
    assert.deepEqual([asked, notes], [[], []]);
  });

  it("takes upstream where all of it answers, if only to say that it wants a login", async () => {
    answer((url) => status(url.includes("ghcr.io") ? 401 : 200)());
    assert.equal(await choose(), "");
    assert.deepEqual(notes, []);
    assert.deepEqual(
      asked.sort(),
      [
        "https://charts.jetstack.io/index.yaml",
        "https://ghcr.io/v2/",
        ...Object.values(bundles).map(({ url }) => url),
      ].sort(),
    );
  });

  it("does not ask for an artifact that is cached as it is recorded", async () => {
    const cached = [bundleArtifact(bundles.metricsServer), chartArtifact(charts.certManager)];
    const changed = chartArtifact(charts.grafanaOperator);
    for (const artifact of [...cached, changed]) {
      const file = downloadedFile(join(folder(), ".artifacts"), artifact);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, artifact === changed ? "another" : "content");
    }
    const lock = Object.fromEntries([...cached, changed].map(({ key }) => [key, sha256("content")]));
    await writeFile(join(folder(), "artifacts.lock.json"), JSON.stringify(lock));
    answer(status(200));
    await choose();
    for (const { url } of cached) assert.ok(!asked.includes(url), url);
    assert.ok(asked.includes(changed.url));
    assert.equal(asked.length, Object.keys(bundles).length);
  });

  for (const code of [403, 407, 502]) {
    it(`takes the stand-ins where a server answers ${code}, and says so in one line`, async () => {
      answer((url) => status(url.includes("jetstack") ? code : 200)());
      const chosen = await choose();
      await openMirror(chosen);
      assert.equal(chosen, await standIns());
      assert.deepEqual(notes, [
        "stand-ins are installed in place of the real operators: charts.jetstack.io cannot be reached and artifactsMirror is not set",
      ]);
    });
  }

  it("takes the stand-ins where nothing can be reached, and names each host once", async () => {
    answer(() => Promise.reject(new TypeError("fetch failed")));
    assert.equal(await choose(), await standIns());
    assert.match(
      String(notes),
      /: charts\.jetstack\.io, ghcr\.io, github\.com, raw\.githubusercontent\.com cannot be reached/,
    );
  });

  it("does not wait for a network that swallows everything", async () => {
    answer(
      (_url, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reject(new Error("aborted"));
          });
        }),
    );
    const started = performance.now();
    assert.equal(await choose("", 50), await standIns());
    assert.ok(performance.now() - started < 2000);
  });
});
