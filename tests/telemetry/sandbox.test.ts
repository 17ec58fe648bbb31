import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { dump } from "js-yaml";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { eventually } from "../support/eventually.ts";
import { listeners } from "../support/listeners.ts";
import { platformSettings } from "../support/platformSandbox.ts";
import { countStandIns } from "../support/standInCount.ts";
import { requirePython } from "../support/telemetryStack.ts";

/** Cluster and telemetry have so many ports from here. */
const PORTS = 25;
const FIRST_PORT = 21260;

/** Debian's name, and the one of most other systems. */
const BROWSERS = ["chromium", "google-chrome"];

const { project } = sandboxPaths();
let state = "";

/** Runs one verb of the sandbox; what it prints. */
async function sandbox(...args: string[]): Promise<string> {
  const command = [
    "--import",
    "./runTypeScript.mjs",
    "sandbox/main.ts",
    ...args,
    "--state",
    state,
    "--port",
    String(FIRST_PORT),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: project, maxBuffer: 2 ** 24 });
  return stdout;
}

/** The page as a browser sees it, without any network. */
async function browse(page: string, context: Mocha.Context): Promise<string> {
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"];
  for (const browser of BROWSERS) {
    try {
      const url = `file://${page}`;
      const screenshot = `--screenshot=${page}.png`;
      await promisify(execFile)(browser, [...args, "--window-size=1100,900", screenshot, url]);
      return (await promisify(execFile)(browser, [...args, "--dump-dom", url])).stdout;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  if (process.env.CI) throw new Error(`none of ${BROWSERS.join(", ")} is installed`);
  console.log(`    skipped: none of ${BROWSERS.join(", ")} is installed`);
  return context.skip();
}

describe("the sandbox with telemetry", function () {
  this.timeout(600_000);

  countStandIns();
  before(async function () {
    await requirePython(this);
    state = await mkdtemp(path.join(tmpdir(), "fluffy-observability-sandbox-"));
    const file = path.join(state, "settings.yaml");
    const settings = Object.entries(await platformSettings("dev"));
    await writeFile(
      file,
      dump({ config: Object.fromEntries(settings.map(([key, value]) => [`fluffy-observability:${key}`, value])) }),
    );
    const printed = await sandbox("up", "--telemetry", "--config-file", file);
    assert.match(printed, /^jaeger-collector\.observability\.svc:4317 +127\.0\.0\.1:\d+$/m);
  });
  after(async () => {
    if (state === "") return;
    await sandbox("down");
    await rm(state, { recursive: true });
  });

  it("shows the trace and the figures of the traffic", async () => {
    assert.match(
      await sandbox("traffic", "--seconds", "5", "--rate", "20"),
      /^100 requests in [\d.]+ s: 85 × 200, 5 × 404, 5 × 422, 5 × 502$/m,
    );
    await eventually(async () => {
      const seen = await sandbox("see");
      assert.match(seen, /^ {2}GET \/hello +server .*\n.*http\.route=\/hello.*\n[ !] {3}GET +client /m);
      assert.match(seen, /^last 5m: 100 requests, 0\.33\/s, 5\.0 % answered 5xx, p50 [\d.]+ ms/m);
    }, 60_000);
  });

  it("listens on loopback only: the cluster, the operator and every program of the data path", function () {
    const ports = Array.from({ length: PORTS }, (_, index) => FIRST_PORT + index);
    const found = listeners(ports) ?? this.skip();
    // The seven of the cluster, the operator's, and those of the data path.
    assert.ok(found.open.length > 20, found.open.join());
    assert.deepEqual(found.beyondLoopback, []);
  });

  it("writes the same as a page that a browser shows without a network", async function () {
    const page = path.join(state, "page.html");
    await sandbox("see", "--html", page);
    const dom = await browse(page, this);
    assert.match(dom, /<h1>python-api: traces and metrics<\/h1>/);
    // The request and the call below it: the collector leaves the spans of single messages out.
    assert.equal(dom.match(/class="bar"/g)?.length, 2);
    // A blank page of that size is a tenth of it.
    assert.ok(readFileSync(`${page}.png`).length > 30_000);
  });

  it("tells what runs, stops it, and leaves nothing when the sandbox goes down", async () => {
    const running = await sandbox("telemetry", "status");
    assert.equal(running.match(/ running since /g)?.length, 7);
    await sandbox("telemetry", "stop");
    assert.match(await sandbox("telemetry", "status"), /^telemetry: not running$/m);
    await sandbox("telemetry");
    assert.equal((await sandbox("telemetry", "status")).match(/ running since /g)?.length, 7);
    await sandbox("down");
    assert.equal(existsSync(path.join(state, "telemetry")), false);
    await assert.rejects(fetch(`http://127.0.0.1:${FIRST_PORT + 21}/healthz`));
  });
});
