import assert from "node:assert/strict";
import { commandLine, parseOptions, VERBS, withOwnFlags } from "../../sandbox/options.ts";

/** What the flags of the telemetry verbs are when none is given. */
const telemetry = { telemetry: false, seconds: 30, rate: 10 };

describe("parseOptions", () => {
  it("is up of dev when nothing is said", () => {
    const off = { json: false, showSecrets: false, fromSource: false };
    assert.deepEqual(parseOptions([]), { verb: "up", stack: "dev", ...off, ...telemetry });
  });

  it("reads a verb and every flag, in any order", () => {
    const argv = ["--json", "--stack", "prod", "preview", "--state=s", "--port", "20000", "--config-file", "f.yaml"];
    assert.deepEqual(parseOptions([...argv, "--show-secrets", "--from-source", "--project", "stacks/team-api"]), {
      verb: "preview",
      stack: "prod",
      project: "stacks/team-api",
      state: "s",
      port: 20000,
      configFile: "f.yaml",
      json: true,
      showSecrets: true,
      fromSource: true,
      ...telemetry,
    });
  });

  it("reads what telemetry is asked to do, and the flags of its verbs", () => {
    const options = (...argv: string[]) => parseOptions(argv);
    assert.equal(options("telemetry").action, "start");
    assert.equal(options("telemetry", "stop").action, "stop");
    assert.equal(options("up", "--telemetry").telemetry, true);
    const { seconds, rate } = options("traffic", "--seconds", "5", "--rate", "2.5");
    assert.deepEqual([seconds, rate], [5, 2.5]);
    assert.equal(options("see", "--html", "page.html").html, "page.html");
  });

  const wrong: [what: string, argv: string[], message: RegExp][] = [
    ["an unknown verb after a flag", ["--state", "s", "apply"], /unknown verb "apply": allowed are up, /],
    ["an unknown verb", ["apply"], new RegExp(`unknown verb "apply": allowed are ${VERBS.join(", ")}`)],
    [
      "an unknown flag",
      ["--dry-run"],
      /^unknown option "--dry-run": allowed are --telemetry, --stack <stack>, .*--show-secrets, --from-source$/,
    ],
    ["a flag without its value", ["--stack"], /^option "--stack <stack>" argument missing$/],
    ["a switch with a value", ["--json=yes"], /^unknown option "--json=yes": allowed are /],
    ["an unknown telemetry action", ["telemetry", "restart"], /^action "restart": allowed are start, stop, status$/],
    [
      "two telemetry actions",
      ["telemetry", "stop", "status"],
      /^too many arguments for "telemetry": stop, status: allowed are/,
    ],
    ["a flag of another verb", ["up", "--html", "x"], /^unknown option "--html": allowed are --telemetry, --stack/],
    [
      "a time that is no number",
      ["traffic", "--seconds", "abc"],
      /^--seconds "abc": allowed is a number above 0, up to 3600$/,
    ],
    ["no time", ["traffic", "--seconds", "0"], /^--seconds "0": allowed/],
    ["a time that is too long", ["traffic", "--seconds", "4000"], /^--seconds "4000": allowed .*, up to 3600$/],
    ["a time that has no end", ["traffic", "--seconds", "Infinity"], /^--seconds "Infinity": allowed/],
    ["a rate that sends nothing", ["traffic", "--rate", "0"], /^--rate "0": allowed is a number above 0, up to 200$/],
    ["a rate that is too high", ["traffic", "--rate", "500"], /^--rate "500": allowed .*, up to 200$/],
    ["a rate that is blank", ["traffic", "--rate", " "], /^--rate " ": allowed/],
    ["two verbs", ["up", "down"], /^too many arguments for "up": down: allowed are/],
    ["a port that needs rights", ["--port", "80"], /--port "80": allowed is a whole number from 1024 to 65499/],
    ["a port that is no number", ["--port", "x"], /--port "x"/],
    ["ports beyond the last one", ["--port", "65530"], /--port "65530"/],
    ["a stack that is a path", ["--stack", "../dev"], /--stack "\.\.\/dev": allowed are letters/],
  ];
  for (const [what, argv, message] of wrong) {
    it(`refuses ${what} in one line that says what is allowed`, () => {
      assert.throws(() => parseOptions(argv), { name: "UsageError", message });
    });
  }
});

describe("withOwnFlags", () => {
  it("puts the flags of the call into the commands of an advice, unless it has its own", () => {
    const options = parseOptions(["status", "--port", "20000"]);
    assert.equal(
      withOwnFlags('run "npm run sandbox -- up" first, or "npm run sandbox -- down --stack prod"', options),
      'run "npm run sandbox -- up --port 20000 --stack dev" first, or "npm run sandbox -- down --stack prod"',
    );
    assert.equal(
      withOwnFlags('run "npm run sandbox -- up --telemetry" first', options),
      'run "npm run sandbox -- up --port 20000 --stack dev --telemetry" first',
    );
  });
});

describe("commandLine", () => {
  it("is what a user types, with another project's folder where there is one", () => {
    assert.equal(commandLine("up", { stack: "dev" }), "npm run sandbox -- up --stack dev");
    assert.equal(
      commandLine("up", { stack: "dev", state: "a b", port: 20000, configFile: "f.yaml" }),
      "npm run sandbox -- up --state 'a b' --port 20000 --config-file f.yaml --stack dev",
    );
    assert.equal(
      commandLine("destroy", { stack: "dev", project: "stacks/team-api" }),
      "npm run sandbox -- destroy --project stacks/team-api --stack dev",
    );
  });
});
