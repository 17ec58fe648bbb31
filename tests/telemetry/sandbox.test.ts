import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { dump } from "js-yaml";
import { silentReport } from "../../cli/silentReport.ts";
import { readLines } from "../../page/logLines.ts";
import { getTrace } from "../../page/traces.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { telemetryPorts, telemetryUrls } from "../../sandbox/telemetry/local.ts";
import { docsCommands } from "../support/docsCommands.ts";
import { eventually } from "../support/eventually.ts";
import { listeners } from "../support/listeners.ts";
import { readProjectFile } from "../support/markdown.ts";
import { newUser } from "../support/newUser.ts";
import { artifactsAre, platformSettings } from "../support/platformSandbox.ts";
import { describeOwnService, firstCommands, itAnswersTheFirstRequest } from "../support/readmeWalk.ts";
import { describeServedPage } from "../support/servedPage.ts";
import { shownOutput } from "../support/shownOutput.ts";
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

const paths = () => sandboxPaths({ state, port: FIRST_PORT });
const user = newUser(paths);
const settingsFile = () => path.join(state, "settings.yaml");

/** The settings of `dev`, with changes. */
async function writeSettings(changes: Record<string, unknown> = {}): Promise<void> {
  const settings = Object.entries(await platformSettings("dev", changes));
  const config = Object.fromEntries(settings.map(([key, value]) => [`fluffy-observability:${key}`, value]));
  await writeFile(settingsFile(), dump({ config }));
}

interface Status {
  telemetry: { name: string; pid: number }[];
  problems: string[];
}

async function status(): Promise<Status> {
  return JSON.parse((await sandbox("status", "--json")).trimEnd().split("\n").at(-1) ?? "") as Status;
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
    await writeSettings();
    const [up = ""] = firstCommands();
    const lines = (await user.types(up, "--config-file", settingsFile())).trimEnd().split("\n");
    assert.equal(lines.length, 5, lines.join("\n"));
    assert.match(lines.join("\n"), /^resources: \d+ created\ncluster: .*\ntelemetry: jaeger http:.*python-api http:/);
    assert.match(
      lines.join("\n"),
      /^look: "npm run sandbox -- status --state .*\nnext: curl http:\S+\/hello, then "npm/m,
    );
  });
  after(async () => {
    if (state === "") return;
    await sandbox("down");
    await rm(state, { recursive: true });
  });

  itAnswersTheFirstRequest(paths);

  it("shows the trace and the figures of the traffic", async () => {
    assert.match(
      await sandbox("traffic", "--seconds", "5", "--rate", "20"),
      /^100 requests in [\d.]+ s: 85 × 200, 5 × 404, 5 × 422, 5 × 502$/m,
    );
    await eventually(async () => {
      const seen = await sandbox("see");
      assert.match(seen, /^ {2}GET \/hello +server .*\n.*http\.route=\/hello.*\n[ !] {3}GET +client /m);
      assert.match(seen, /^last 5m: 101 requests, 0\.34\/s, 5\.0 % failed, p50 [\d.]+ ms/m);
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

  it("answers what the pages ask by curl", async () => {
    const asked = docsCommands().filter(
      ({ text }) => text.startsWith("curl localhost:") && !text.includes("traceparent"),
    );
    assert.ok(asked.length >= 2, String(asked.length));
    for (const { text } of asked) assert.match(await user.types(text), /"message":|"http_route":"\/hello"/, text);
  });

  it("has the trace of the request in docs/cluster.md, where the page looks for it", async () => {
    for (const { text } of docsCommands().filter(({ text }) => text.includes("traceparent"))) await user.types(text);
    const page = readProjectFile("docs/cluster.md");
    const [, id = ""] = /traceparent: 00-([0-9a-f]{32})-[0-9a-f]{16}-01'/.exec(page) ?? [];
    assert.ok(page.includes(`:16686/trace/${id}\``), id);
    const { jaeger } = telemetryUrls(telemetryPorts(paths()));
    await eventually(async () => {
      const spans = (await getTrace(jaeger, id))?.spans.map(({ name, kind }) => `${kind} ${name}`);
      assert.deepEqual(spans, ["server GET /hello", "client GET"]);
    }, 60_000);
  });

  it("answers what docs/logs.md asks the store of logs", async () => {
    const { logs } = telemetryUrls(telemetryPorts(paths()));
    const [known] = await readLines(logs, 'service.name:="python-api"');
    const queries = shownOutput("docs/logs.md").text.split("\n");
    assert.equal(queries.length, 3);
    for (const query of queries) {
      // The pod is another one here.
      const asked = query.replace(/(?<=pod\.name=")[^"]+/, known?.pod ?? "");
      const answer = await fetch(`${logs}/select/logsql/query`, {
        method: "POST",
        body: new URLSearchParams({ query: asked }),
      });
      const text = await answer.text();
      assert.equal(answer.status, 200, `${query}: ${text}`);
      if (asked !== query) assert.match(text, /python-api/);
    }
  });

  it("answers what the pages ask by kubectl", async () => {
    const { kubectl } = await ensureTools(["kubectl"], sandboxPaths({ state }), silentReport);
    const env = {
      ...process.env,
      PATH: `${path.dirname(kubectl)}:${process.env.PATH ?? ""}`,
      KUBECONFIG: path.join(state, "kubeconfig"),
    };
    const asked = docsCommands().filter(({ text }) => /^kubectl (--namespace \S+ )?(get|describe) /.test(text));
    // A name in capitals is for the reader to fill in; a hand-made install has kinds that this one does not have.
    const whole = asked.filter(({ page, text }) => page !== "docs/takeover.md" && !/ [A-Z]{2,}\b/.test(text));
    assert.ok(whole.length >= 6, String(whole.length));
    for (const { text, page } of whole) {
      const { status, stderr } = spawnSync("sh", ["-c", text], { cwd: project, env, encoding: "utf8" });
      // Stand-ins have no webhooks.
      const isMissing = artifactsAre === "stand-ins" && /webhookconfiguration/.test(text) && /NotFound/.test(stderr);
      if (!isMissing) assert.equal(status, 0, `${page}: ${text}: ${stderr}`);
    }
  });

  describeServedPage("the page that open serves", {
    url: `http://127.0.0.1:${FIRST_PORT + 33}/`,
    flags: () => ["--state", state, "--port", String(FIRST_PORT)],
    // Two minutes, as long as the shortest windows need.
    traffic: () => sandbox("traffic", "--seconds", "120", "--rate", "10"),
  });

  describeOwnService(paths);

  // Mocha runs a suite's own tests before the suites in it, and these end what the page shows.
  describe("in the end", () => {
    it("tells what runs, and stops it", async () => {
      const running = await sandbox("telemetry", "status");
      assert.equal(running.match(/ running since /g)?.length, 9);
      await sandbox("telemetry", "stop");
      assert.match(await sandbox("telemetry", "status"), /^telemetry: not running$/m);
      assert.match(await sandbox("telemetry"), /^jaeger-collector\.observability\.svc:4317 +127\.0\.0\.1:\d+$/m);
      assert.equal((await sandbox("telemetry", "status")).match(/ running since /g)?.length, 9);
    });

    it("tells what does not fit any more, is renewed by up, ended by destroy, and gone with down", async () => {
      const { telemetry, problems } = await status();
      assert.deepEqual(problems, []);
      const collector = telemetry.find(({ name }) => name === "collector");
      process.kill(collector?.pid ?? 0, "SIGKILL");
      await eventually(async () => {
        assert.match(
          (await status()).problems.join("\n"),
          /^collector: does not run: run "npm run sandbox -- telemetry"$/,
        );
      }, 10_000);
      const slo = { services: { "python-api": { availability: 0.99 }, pythonapi: { availability: 0.99 } } };
      await writeSettings({ prometheus: { scrapeInterval: "10s" }, slo });
      await sandbox("up", "--config-file", settingsFile());
      const renewed = await status();
      assert.deepEqual(renewed.problems, ["slo.services.pythonapi: there is no data of such a service"]);
      const anew = renewed.telemetry.filter(({ pid }) => telemetry.every((before) => before.pid !== pid));
      assert.deepEqual(anew.map(({ name }) => name).sort(), ["collector", "prometheus"]);
      await sandbox("destroy", "--config-file", settingsFile());
      assert.deepEqual((await status()).telemetry, []);
      await sandbox("down");
      assert.equal(existsSync(path.join(state, "telemetry")), false);
      await assert.rejects(fetch(`http://127.0.0.1:${FIRST_PORT + 21}/healthz`));
    });
  });
});
