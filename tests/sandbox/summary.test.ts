import assert from "node:assert/strict";
import { parseOptions } from "../../sandbox/options.ts";
import { closingLines, jsonLine, NOTHING_DONE, outputLines, programLine } from "../../sandbox/summary.ts";

describe("jsonLine", () => {
  it("is one line with every field", () => {
    const summary = { changes: { ...NOTHING_DONE.changes, updated: 1, deleted: 1 }, outputs: { a: 1 } };
    assert.equal(
      jsonLine(parseOptions(["up", "--stack", "prod"]), summary, 1234),
      '{"verb":"up","stack":"prod","created":0,"updated":1,"replaced":0,"deleted":1,"unchanged":0,"failed":0,"seconds":1.2,"outputs":{"a":1}}',
    );
    assert.equal(
      jsonLine(parseOptions(["down"]), { ...NOTHING_DONE, error: "no" }, 0),
      '{"verb":"down","stack":"dev","created":0,"updated":0,"replaced":0,"deleted":0,"unchanged":0,"failed":1,"error":"no","seconds":0,"outputs":{}}',
    );
  });
});

describe("closingLines", () => {
  const cluster = { server: "https://127.0.0.1:16440", kubeconfig: "/state/kubeconfig" };

  it("are five: what is there, where to look, what to do next", () => {
    const lines = closingLines("3 created", cluster, [
      { name: "upstream", url: "" },
      { name: "python-api", url: "http://127.0.0.1:8000" },
    ]);
    assert.deepEqual(lines, [
      "resources: 3 created",
      "cluster: https://127.0.0.1:16440, kubeconfig /state/kubeconfig",
      "telemetry: python-api http://127.0.0.1:8000",
      'look: "npm run sandbox -- status" shows all that runs, "npm run sandbox -- outputs" what the stack gives',
      'next: curl http://127.0.0.1:8000/hello, then "npm run sandbox -- see"',
    ]);
  });

  it("say how telemetry is started where it does not run", () => {
    const [, , telemetry, , next, ...more] = closingLines("nothing to do", cluster, []);
    assert.equal(telemetry, 'telemetry: not running: "npm run sandbox -- telemetry" starts it');
    assert.match(next ?? "", /^next: "npm run sandbox -- telemetry"/);
    assert.deepEqual(more, []);
  });
});

describe("programLine", () => {
  it("says whether it runs, where, and where its log is", () => {
    const program = { name: "app", running: true, since: "now", url: "http://a", log: "/a.log", pid: 7 };
    const more = { started: "1", executable: "/a", fingerprint: "f" };
    assert.equal(
      programLine({ ...program, ...more }),
      "app          running since now as process 7 at http://a, log /a.log",
    );
    assert.equal(
      programLine({ ...program, ...more, running: false, url: "" }),
      "app          not running any more, log /a.log",
    );
  });
});

describe("outputLines", () => {
  it("aligns values, and gives lists and objects a line for each value", () => {
    const outputs = {
      url: "http://a",
      ready: true,
      login: { user: "me", password: "x" },
      list: ["a", 1],
      deep: [{ b: 1 }],
    };
    assert.deepEqual(outputLines(outputs), [
      "url    http://a",
      "ready  true",
      ...["login:", "  user      me", "  password  x"],
      ...["list:", "  a", "  1"],
      'deep   [{"b":1}]',
    ]);
  });
});
