import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { dump } from "js-yaml";
import type { Browser, Page as Tab } from "playwright-core";
import { dashboardUids } from "../../catalog/dashboards.ts";
import { dashboards } from "../../dashboards/index.ts";
import { findChromium, startChromium } from "../../page/chromium.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { parseSettings } from "../../settings/read.ts";
import { emptyPanels } from "../support/emptyPanels.ts";
import { eventually } from "../support/eventually.ts";
import { listeners } from "../support/listeners.ts";
import { panelStates, showView } from "../support/pageTab.ts";
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

  describe("the page that open serves", () => {
    let server: ChildProcess | undefined;
    let browser: Browser | undefined;
    let tab: Tab;
    const url = `http://127.0.0.1:${FIRST_PORT + 33}/`;

    before(async function () {
      if (findChromium() === undefined && !process.env.CI) {
        console.log("    skipped: no Chromium is on PATH");
        this.skip();
      }
      const flags = ["open", "--state", state, "--port", String(FIRST_PORT)];
      server = spawn(process.execPath, ["--import", "./runTypeScript.mjs", "sandbox/main.ts", ...flags], {
        cwd: project,
        stdio: "ignore",
      });
      browser = await startChromium();
      tab = await browser.newPage();
      await eventually(async () => {
        assert.equal((await fetch(url)).status, 200);
      }, 60_000);
      await sandbox("traffic", "--seconds", "20", "--rate", "10");
    });
    after(async () => {
      await browser?.close();
      server?.kill("SIGINT");
    });

    for (const { uid, title } of dashboards(parseSettings({}))) {
      it(`draws every panel of ${title}, but for those that have no data here`, async () => {
        await eventually(async () => {
          await showView(tab, url, `#/dashboard/${uid}`);
          const states = await panelStates(tab);
          const named = (state: string) => Object.keys(states).filter((panel) => states[panel] === state);
          assert.ok(named("drawn").length > 0);
          assert.deepEqual(named("failed"), []);
          assert.deepEqual(named("empty").sort(), Object.keys(emptyPanels[title] ?? {}).sort());
        }, 120_000);
      });
    }

    it("opens the trace of an exemplar that is clicked", async () => {
      await showView(tab, url, `#/dashboard/${dashboardUids.api}`);
      await tab.locator('[data-panel="Duration"] .exemplar').first().dispatchEvent("click");
      await tab.locator(".waterfall .bar").first().waitFor();
      assert.match(new URL(tab.url()).hash, /^#\/trace\/[0-9a-f]{32}$/);
    });

    it("shows the alerts, the objects and the newest traces", async () => {
      await showView(tab, url, "#/alerts");
      assert.match(await tab.locator("main").innerText(), /\d+ firing, \d+ pending, \d+ inactive/);
      await showView(tab, url, "#/objects");
      assert.ok((await tab.locator("tbody tr").count()) > 20);
      await showView(tab, url, "#/traces");
      assert.ok((await tab.locator('a[href^="#/trace/"]').count()) > 0);
    });

    it("shows the error of a query that fails in its panel", async () => {
      await tab.route("**/query_range?*", (route) => route.fulfill({ status: 400, json: { error: "parse error" } }));
      await showView(tab, url, `#/dashboard/${dashboardUids.services}`);
      assert.equal(await tab.locator('.panel .error >> text="400: parse error"').first().getAttribute("role"), "alert");
      await tab.unroute("**/query_range?*");
    });
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
