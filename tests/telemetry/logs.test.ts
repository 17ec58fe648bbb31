import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { dashboards } from "../../dashboards/index.ts";
import { longestBody } from "../../components/telemetry/logRecords.ts";
import { readLines } from "../../page/logLines.ts";
import { type LogLine, ofPod, ofTrace } from "../../page/model/logLines.ts";
import { LogAgentRun } from "../support/logAgentRun.ts";
import { dashboardLogQueries } from "../support/panels.ts";
import { parseSettings } from "../../settings/read.ts";
import type { LogTruth } from "../support/logTruth.ts";
import { noteResult } from "../support/verifyResults.ts";
import { now, RuntimeLogs } from "../support/runtimeLogs.ts";
import { numbered, whole } from "../support/wholeLogs.ts";

const statsAnswer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

describe("the log lines of pods", function () {
  this.timeout(240_000);
  const run = new LogAgentRun(17820);
  const logs = (pod: string) => new RuntimeLogs(run.pods, pod);

  before(() => run.start("store", "agent"));
  after(() => run.remove());

  it("are there each once, with their pod, container, stream and time", async () => {
    const file = logs("plain");
    file.write(numbered(3), "stderr", "2026-11-28T12:00:00.5+01:00");
    file.write(["INFO:     ready", "2026-11-28 WARNING shop.till: late", "", "ERROR in till", "MIRRORERRORS none"]);
    whole("Lines as they are, an empty one among them left out", 7, await run.settled("plain", 7));
    const [first, ...others] = await run.query('k8s.pod.name:="plain" | sort by (_msg)');
    const { "k8s.namespace.name": namespace, "k8s.container.name": container } = first ?? {};
    assert.deepEqual([namespace, container], ["shop", "app"]);
    const levels = new Map([first, ...others].map((row) => [row?.["_msg"]?.slice(0, 5), row?.["severity_number"]]));
    assert.deepEqual(
      ["INFO:", "2026-", "ERROR", "line ", "MIRRO"].map((begin) => levels.get(begin)),
      ["9", "13", "17", "0", "0"],
    );
    const line = others.find((row) => row["log.iostream"] === "stderr");
    assert.match(line?.["_time"] ?? "", /^20\d\d-/);
  });

  it("that are a traceback are one record", async () => {
    const file = logs("traceback");
    const traceback = [
      "Traceback (most recent call last):",
      '  File "till.py", line 1, in pay',
      "    total()",
      "ValueError: no",
    ];
    const java = ["java.lang.IllegalStateException: no", "\tat shop.Till.pay(Till.java:1)"];
    const expected: string[] = [];
    for (let turn = 0; turn < 50; turn += 1) {
      const python = [...traceback.slice(0, 3), `ValueError: no ${turn}`];
      file.write([`POST /pay ${turn}`]);
      file.write(python, "stderr");
      file.write([`java ${turn}`, `${java[0] ?? ""} ${turn}`, ...java.slice(1)]);
      expected.push(
        `POST /pay ${turn}`,
        python.join("\n"),
        `java ${turn}`,
        [`${java[0] ?? ""} ${turn}`, java[1]].join("\n"),
      );
      if (turn % 10 === 0) await sleep(30);
    }
    await run.settled("traceback", 200);
    const texts = await run.texts("traceback");
    const found = expected.filter((text) => texts.includes(text)).length;
    noteResult({
      what: "50 tracebacks of Python, 50 stacks of Java and 100 other lines, each one record",
      written: 200,
      found,
      doubled: 0,
    } satisfies LogTruth);
    assert.equal(found, 200);
    const [level] = await run.query(
      'k8s.pod.name:="traceback" Traceback | uniq by (severity_number) | fields severity_number',
    );
    assert.equal(level?.["severity_number"], "17");
  });

  it("in JSON are found by the trace that they name", async () => {
    const trace = "0af7651916cd43dd8448eb211c80319c";
    logs("json").write([
      JSON.stringify({ level: 50, msg: "payment failed", trace_id: trace, span_id: "b7ad6b7169203331" }),
      JSON.stringify({ level: "warn", message: "late" }),
    ]);
    whole("Lines of JSON", 2, await run.settled("json", 2));
    const levels = ["trace", "DEBUG", "info", "notice", "warn", "Warning", "error", "critical", "FATAL", "or", ""];
    logs("levels").write(levels.map((level, at) => JSON.stringify({ level, at })));
    await run.settled("levels", levels.length);
    const rows = await run.query('k8s.pod.name:="levels" | sort by (_time) | fields severity_number');
    assert.deepEqual(
      rows.map(({ severity_number: number }) => Number(number)),
      [1, 5, 9, 9, 13, 13, 17, 21, 21, 0, 0],
    );
    const [line] = await run.query(`trace_id:="${trace}"`);
    assert.deepEqual(
      [line?.["k8s.pod.name"], line?.["span_id"], line?.["severity_number"]],
      ["json", "b7ad6b7169203331", "17"],
    );
    const shown = ({ severity, pod, text }: LogLine) => [severity, pod, /(failed|late)/.exec(text)?.[0]];
    assert.deepEqual((await readLines(run.storeUrl, ofTrace(trace))).map(shown), [["Error", "json", "failed"]]);
    const [from, to] = [Date.now() - 60_000, Date.now() + 60_000].map((time) => time * 1000);
    const pod = { namespace: "shop", pod: "json", from: from ?? 0, to: to ?? 0 };
    assert.deepEqual((await readLines(run.storeUrl, ofPod(pod))).map(shown), [["Warn", "json", "late"]]);
    assert.deepEqual(await readLines(run.storeUrl, ofPod({ ...pod, to: pod.from + 1 })), []);
  });

  it("are cut above 1 MiB, marked and counted", async () => {
    const file = logs("long");
    const sizes = [64_000, 1_000_000, 3_000_000];
    for (const size of sizes) file.write([`${size} ${"x".repeat(size)}`]);
    file.write(["after"]);
    const found = await run.settled("long", 4);
    whole("Lines of 64 KB, 1 MB and 3 MB", 4, found, 0, "the last is cut to 1 MiB, marked and counted");
    const [cut] = await run.query('k8s.pod.name:="long" log.truncated:=true | len(_msg) size | fields size, _msg');
    assert.equal(cut?.["size"], "1048576");
    assert.match(cut["_msg"] ?? "", /^3000000 /);
    const counts = async (name: string) => {
      const page = await (await fetch(run.countsUrl)).text();
      return Number(new RegExp(`^${name}_total\\{.*service_name="app".*\\} (\\d+)`, "m").exec(page)?.[1]);
    };
    assert.equal(await counts("log_cuts"), 1);
    // What is counted shows a moment later.
    const settledCount = async () => {
      for (let last = -1; ;) {
        const now = await counts("log_records");
        if (now === last) return now;
        last = now;
        await sleep(2000);
      }
    };
    const before = await settledCount();
    file.write(numbered(250));
    await run.settled("long", 254);
    assert.equal((await settledCount()) - before, 250);
  });

  it("of broken UTF-8 arrive with the bytes that are none replaced", async () => {
    const file = logs("utf8");
    file.append(Buffer.concat([Buffer.from(`${now()} stdout F a `), Buffer.from([0xff, 0xc3]), Buffer.from(" b\n")]));
    file.write(["after"]);
    whole("Broken UTF-8", 2, await run.settled("utf8", 2));
    assert.match((await run.texts("utf8"))[0] ?? "", /^a \uFFFD+ b$/);
  });

  it("of two containers that begin alike are told apart", async () => {
    const [one, other] = [logs("twin-one"), logs("twin-other")];
    for (const text of numbered(130)) for (const file of [one, other]) file.write([text]);
    for (const pod of ["twin-one", "twin-other"])
      whole(
        `Two containers that print the same lines at the same time, ${pod === "twin-one" ? "one" : "the other"}`,
        130,
        await run.settled(pod, 130, 5000),
      );
  });

  it("answer every query of the dashboards: rates by service and severity, errors, lines", async () => {
    const queries = dashboardLogQueries(dashboards(parseSettings({})));
    assert.equal(queries.length, 5);
    const range = { start: String(Date.now() / 1000 - 3600), end: String(Date.now() / 1000 + 60) };
    const found = new Map<string, string>();
    for (const { where, expr } of queries) {
      const isRate = expr.includes("| stats");
      // As Grafana's plug-in asks.
      const path = isRate ? "stats_query_range" : "query";
      const answer = await fetch(`${run.storeUrl}/select/logsql/${path}`, {
        method: "POST",
        body: new URLSearchParams({ query: expr, ...range, ...(isRate ? { step: "60s" } : { limit: "5" }) }),
      });
      const text = await answer.text();
      assert.ok(answer.ok, `${where}: ${text}`);
      found.set(where.split(" / ")[1] ?? "", text);
    }
    const labels = (panel: string) =>
      statsAnswer.parse(JSON.parse(found.get(panel) ?? "")).data.result.map(({ metric }) => metric);
    assert.deepEqual(labels("Lines by service"), [
      { __name__: "lines", "service.name": "app", "k8s.namespace.name": "shop" },
    ]);
    assert.ok(labels("Lines by severity").some(({ severity_text: severity }) => severity === "Error"));
    assert.equal(labels("Errors by service").length, 1);
    // A rate: lines of a step by its seconds.
    const [errors] = statsAnswer.parse(JSON.parse(found.get("Errors by service") ?? "")).data.result;
    const all = errors?.values.reduce((sum, [, value]) => sum + Number(value) * 60, 0) ?? 0;
    const [{ n } = { n: "" }] = await run.query("severity_number:>=17 | stats count() n");
    assert.equal(Math.round(all), Number(n));
    const errorLines = (found.get("Newest errors") ?? "").trim().split("\n");
    assert.equal(errorLines.length, 5);
    for (const line of errorLines) assert.match(line, /"severity_number":"(17|21)"/);
  });

  it("hold no secret", async () => {
    const file = logs("masked");
    // None of these is or was one.
    file.write(["GET / Authorization: Bearer harmless-sample.0123", "connecting to postgres://shop:harmless@db/shop"]);
    await run.settled("masked", 2);
    assert.deepEqual(await run.texts("masked"), [
      "GET / Authorization: Bearer [masked]",
      "connecting to postgres://shop:[masked]@db/shop",
    ]);
  });

  it("hold no part of a secret that the largest text would end in", async () => {
    // Up to the fifth letter of it, where the pattern wants eight.
    logs("split").write(["before", `${"x".repeat(longestBody - 13)} Bearer harmless-sample.0123`]);
    await run.settled("split", 2);
    const [, text = ""] = await run.texts("split");
    assert.deepEqual([text.length, text.slice(-13)], [longestBody, " Bearer [mask"]);
  });
});
