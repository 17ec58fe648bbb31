import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { settingsSchema } from "../../settings/schema.ts";
import { type Refusal, refusalOf } from "../support/refusal.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wrongSettings } from "../support/wrongSettings.ts";

const project = "fluffy-observability";
const config = (values: Readonly<Record<string, unknown>>) =>
  dump({ config: Object.fromEntries(Object.entries(values).map(([key, value]) => [`${project}:${key}`, value])) });

/** Words of libraries and of JavaScript, which nobody has to know. */
const foreign = /Invalid input|Too (small|big)|\bexpected\b|undefined|\[object|^\s+at /;

describe("a wrong input of the sandbox", () => {
  const folder = temporaryFolder();
  let cacheHome: string | undefined;

  beforeEach(() => {
    cacheHome = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = join(folder(), "cache");
  });

  afterEach(() => {
    if (cacheHome === undefined) Reflect.deleteProperty(process.env, "XDG_CACHE_HOME");
    else process.env.XDG_CACHE_HOME = cacheHome;
  });

  const refuse = (...argv: string[]) => refusalOf([...argv, "--state", join(folder(), "state")]);

  function refuseFile(text: string, ...argv: string[]): Promise<Refusal> {
    const file = join(folder(), "settings.yaml");
    writeFileSync(file, text);
    return refuse("up", "--config-file", file, ...argv);
  }

  /** One line, the exit code, and nothing asked of anybody. */
  function isOneLine({ code, lines, connections }: Refusal, expected: number, line: RegExp): void {
    assert.ok(!existsSync(join(folder(), "state")) && !existsSync(join(folder(), "cache")), "something was written");
    assert.deepEqual([code, lines.length, connections], [expected, 1, 0], lines.join("\n"));
    assert.match(lines[0] ?? "", line);
    assert.doesNotMatch(lines[0] ?? "", foreign);
  }

  const generated = wrongSettings(settingsSchema);

  it("is made from the schema for every setting", () => {
    assert.ok(generated.length > 100, String(generated.length));
  });

  for (const { key, config: values } of generated) {
    it(`as a setting: ${JSON.stringify(values)}`, async () => {
      const name = key.replaceAll(".", String.raw`\.`);
      const line = new RegExp(`^error: .*\\b${project}:${name} is .*(must be |not a setting; allowed are: )`);
      isOneLine(await refuseFile(config(values)), 1, line);
    });
  }

  const flags: readonly [argv: string[], line: RegExp][] = [
    [["apply"], /^error: unknown verb "apply": allowed are up, /],
    [["up", "down"], /^error: too many arguments for "up": down: allowed are /],
    [["--dry-run"], /^error: unknown option "--dry-run": allowed are /],
    [["up", "--html", "x"], /^error: unknown option "--html": allowed are /],
    [["--json=yes"], /^error: unknown option "--json=yes": allowed are /],
    [["up", "--stack"], /^error: option "--stack <stack>" argument missing$/],
    [["up", "--stack", "../prod"], /^error: --stack "\.\.\/prod": allowed are letters, digits/],
    [["up", "--port", "80"], /^error: --port "80": allowed is a whole number from 1024 to 65499$/],
    [["up", "--port", "high"], /^error: --port "high": allowed is /],
    [["traffic", "--seconds", "abc"], /^error: --seconds "abc": allowed is a number above 0, up to 3600$/],
    [["traffic", "--rate", "-1"], /^error: --rate "-1": allowed is a number above 0, up to 200$/],
    [["telemetry", "restart"], /^error: action "restart": allowed are start, stop, status$/],
  ];
  for (const [argv, line] of flags) {
    // The flag for the state would be taken for the value of the last one.
    it(`as a flag: ${argv.join(" ")}`, async () => {
      isOneLine(await refusalOf(["--state", join(folder(), "state"), ...argv]), 2, line);
    });
  }

  const files: readonly [what: string, text: string, line: RegExp][] = [
    ["a list", "- a\n", /settings\.yaml is a list: must be an object$/],
    ["a bare string", "prod\n", /settings\.yaml is a string: must be an object$/],
    ["empty", "", /settings\.yaml is empty: must be an object$/],
    ["without config", `${project}:parts: {}\n`, /"config" is empty: must be an object, \{\} where nothing is set$/],
    ["with a list of settings", "config: [a]\n", /"config" is a list: must be an object/],
    ["no YAML", "config: [\n", /settings\.yaml is no YAML: /],
    ["with an environment", "environment: [prod]\nconfig: {}\n", /"environment" is read by Pulumi Cloud only/],
    ["with a bare key", "config: { parts: {} }\n", /key "parts" must be "fluffy-observability:parts"$/],
    [
      "with a project name that is nearly ours",
      "config: { fluffy-observabilty:artifactsLocked: true }\n",
      /fluffy-observabilty:artifactsLocked is of project "fluffy-observabilty": must be fluffy-observability:…$/,
    ],
    [
      "with an encrypted value",
      `config: { ${project}:alertSecrets: { chat: { secure: AAAB } } }\n`,
      /alertSecrets\.chat is encrypted: only the passphrase of that stack opens it/,
    ],
  ];
  for (const [what, text, line] of files) {
    it(`as a settings file ${what}`, async () => {
      isOneLine(await refuseFile(text), 1, line);
    });
  }

  it("as a file or folder that is not there", async () => {
    isOneLine(await refuse("up", "--config-file", join(folder(), "none.yaml")), 1, /none\.yaml: no such file$/);
    isOneLine(await refuse("up", "--config-file", folder()), 1, /cannot be read: EISDIR/);
    isOneLine(await refuse("up", "--stack", "none"), 1, /no stack "none": .*; there are: dev, prod, staging$/);
    isOneLine(await refuse("up", "--project", folder()), 1, /no Pulumi\.yaml in .*: no Pulumi project there$/);
    isOneLine(await refuse("outputs", "--stack", "none"), 1, /no stack "none"/);
  });

  it("as a project without a name", async () => {
    mkdirSync(join(folder(), "project"));
    writeFileSync(join(folder(), "project/Pulumi.yaml"), "runtime: nodejs\n");
    isOneLine(
      await refuse("preview", "--project", join(folder(), "project")),
      1,
      /Pulumi\.yaml names no project: add "name"$/,
    );
    assert.deepEqual(readdirSync(join(folder(), "project")), ["Pulumi.yaml"]);
  });

  const place = "https://login.example.org";
  const login = { authorizationUrl: place, tokenUrl: place, userInfoUrl: place };
  const sampled = { instrumentation: { samplingRatio: 1 } };
  const combinations: readonly [values: Record<string, unknown>, line: RegExp][] = [
    [
      { parts: { jaeger: false, grafana: false } },
      /parts\.jaeger is false, but the collector needs a Jaeger: set jaeger\.endpoint/,
    ],
    [{ jaeger: { url: "https://jaeger.example.org" } }, /jaeger\.endpoint and jaeger\.url are for a Jaeger elsewhere/],
    [
      { jaeger: { storage: "badger" }, jaegerEngine: "operator" },
      /jaeger\.storage is "badger", which needs jaegerEngine v2/,
    ],
    [
      { jaeger: { storage: "elasticsearch" } },
      /jaeger\.elasticsearchUrl is empty, but jaeger\.storage is elasticsearch/,
    ],
    [{ jaeger: { elasticsearchRetentionDays: 3 } }, /jaeger\.elasticsearchRetentionDays is 3: must be 0 unless /],
    [
      { parts: { logs: false }, logs: { otlpEndpoint: "https://logs.example.org" } },
      /logs\.otlpEndpoint is set, but parts\.logs is false/,
    ],
    [{ logs: { url: "https://logs.example.org" } }, /logs\.url is for a store elsewhere: set logs\.otlpEndpoint/],
    [{ grafana: { url: "https://grafana.example.org" } }, /grafana\.url is for a Grafana elsewhere/],
    [
      { instrumentation: { metricExportIntervalSeconds: 75 }, prometheus: { scrapeInterval: "60s" } },
      /must be 120 seconds or less together/,
    ],
    [
      { alertmanager: { routes: [{ receiver: "chat" }] } },
      /routes\.0\.receiver is "chat", but alertmanager\.receivers is empty/,
    ],
    [{ alertmanager: { deadMansSwitch: "chat" } }, /deadMansSwitch is "chat", but alertmanager\.receivers is empty/],
    [
      { alertSecrets: { chat: "hunter2" } },
      /alertSecrets\.chat has no receiver of that name: alertmanager\.receivers is empty$/,
    ],
    [
      { access: { ingressClass: "nginx", hosts: { logs: "logs.example.org" } } },
      /access\.hosts\.logs is "logs\.example\.org", but access\.authentication is "none"/,
    ],
    [
      { access: { hosts: { grafana: "grafana.example.org" } } },
      /access\.hosts\.grafana is "grafana\.example\.org", but nothing brings requests/,
    ],
    [
      { access: { gateway: "gateways/public/https", ingressClass: "nginx" } },
      /access\.ingressClass and access\.gateway are both set/,
    ],
    [
      { parts: { grafana: false }, access: { ingressClass: "nginx", hosts: { grafana: "grafana.example.org" } } },
      /access\.hosts\.grafana is "grafana\.example\.org", but parts\.grafana is false/,
    ],
    [
      { oidc: { ...login, clientId: "a", clientSecret: "a", groups: ["a"] } },
      /oidc\.authorizationUrl is set, but access\.hosts\.grafana is missing/,
    ],
    [{ collector: { tailSampling: { enabled: true } } }, /instrumentation\.samplingRatio is 0\.25: must be 1 with /],
    [
      { collector: { tailSampling: { enabled: true, waitSeconds: 6, slowMilliseconds: 1001 } }, ...sampled },
      /collector\.tailSampling\.slowMilliseconds is 1001: must be 1000 or less with waitSeconds 6/,
    ],
    [{ collector: { replicas: 3, maxReplicas: 2 } }, /collector\.maxReplicas is 2: must be 0, or collector\.replicas/],
    [
      { prometheus: { remoteWrite: [{ url: "http://example.org/write", tokenSecret: "token" }] } },
      /prometheus\.remoteWrite\.0\.url is http, but has a Secret/,
    ],
    [
      { parts: { logs: false }, logs: { kubernetesEvents: true } },
      /logs\.kubernetesEvents is true, but parts\.logs is false/,
    ],
    [
      { cluster: { environment: "Prod" }, jaeger: { storage: "badger" }, logs: { volumeSize: "5Gi" } },
      /prometheus\.volumeSize is "", but cluster\.environment is Prod: /,
    ],
  ];
  for (const [values, line] of combinations) {
    it(`as settings that do not fit together: ${JSON.stringify(values)}`, async () => {
      isOneLine(await refuseFile(config(values)), 1, line);
    });
  }

  const secrets: readonly Record<string, unknown>[] = [
    { alertSecrets: "hunter2" },
    { alertSecrets: ["hunter2"] },
    { alertSecrets: { chat: { url: "hunter2" } } },
    { artifactsMirror: "https://me:hunter2@mirror.example.org" },
    { artifactsMirror: "https://hunter2@mirror.example.org" },
    { grafana: { url: "https://me:hunter2/@x@grafana.example.org" } },
    { jaeger: { endpoint: "me:hunter2@jaeger:4317" } },
    { jaeger: "https://me:hunter2@jaeger" },
    { sampleApi: { upstreamUrl: "http://me:hunter2@host" } },
    { networkPolicies: { apiServerCidrs: ["http://me:hunter2@host"] } },
    { slo: { services: { "http://me:hunter2@shop": 1 } } },
    { grafana: { "https://me:hunter2@grafana": true } },
  ];
  for (const values of secrets) {
    it(`never shows its password: ${JSON.stringify(values)}`, async () => {
      const refusal = await refuseFile(config(values));
      isOneLine(refusal, 1, /^error: .*fluffy-observability:/);
      assert.ok(!refusal.lines.join().includes("hunter2"), refusal.lines.join());
    });
  }

  it("of two settings is two lines", async () => {
    const { code, lines } = await refuseFile(config({ jaegerEngine: "v3", crdPolicy: "drop" }));
    assert.deepEqual([code, lines.length], [1, 2]);
  });
});
