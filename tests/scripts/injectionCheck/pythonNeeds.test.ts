import assert from "node:assert/strict";
import type { AppPackage } from "../../../scripts/injectionCheck/application.ts";
import { comparePackages } from "../../../scripts/injectionCheck/comparison.ts";
import { pythonNeeds } from "../../../scripts/injectionCheck/pythonNeeds.ts";

const injected = new Map([
  ["requests", "2.34.2"],
  ["urllib3", "2.8.0"],
  ["protobuf", "7.36.2"],
  ["opentelemetry-api", "1.43.0"],
  ["opentelemetry-sdk", "1.43.0"],
]);

/** @param own lines such as `a==1` or `a>=1` */
function needs(own: readonly string[], more: { pythonVersions?: string; marker?: string } = {}) {
  const packages = own.map((line): AppPackage => {
    const [, name = "", version, range = ""] = /^([\w-]+)(?:==(.*)|(.*))$/.exec(line) ?? [];
    return { name, direct: true, marker: more.marker, ...(version === undefined ? { range } : { version }) };
  });
  const application = { language: "python", file: "a.txt", packages, notes: [], ...more } as const;
  return pythonNeeds(application, comparePackages(packages, injected));
}

describe("pythonNeeds", () => {
  it("are none when no package differs", () => {
    assert.deepEqual(needs(["requests==2.34.2", "urllib3>=1", "flask==3.0.0"], { pythonVersions: ">=3.10" }), []);
  });

  it("are its own packages first when a version is replaced or outside the range", () => {
    const [need, ...others] = needs(["requests==2.31.0", "urllib3<2", "protobuf>=7"]);
    assert.deepEqual(others, []);
    assert.equal(need?.reason, "injection would put other versions in the place of requests, urllib3");
    assert.match(need.argument ?? "", /^injection\.python\.sitePackages;/);
    assert.equal(need.section, "python-packages-first");
  });

  it("are a newer Python when an older one is allowed", () => {
    const [need] = needs([], { pythonVersions: ">=3.9" });
    assert.equal(need?.need, "Python 3.10 or newer");
    assert.match(need.reason, /^">=3\.9" allows older ones, .* without telemetry$/);
  });

  it("are the standard library before a backport, with its marker", () => {
    const [need] = needs(["dataclasses==0.8", "typing==3.7.4"], { marker: "python_version < '3.7'" });
    assert.match(
      need?.reason ?? "",
      /dataclasses comes before Python's own dataclasses where python_version < '3\.7', typing comes before/,
    );
    assert.equal(need?.argument, undefined);
  });

  it("are no injection beside eventlet", () => {
    const [need] = needs(["eventlet==0.41.3"]);
    assert.deepEqual([need?.need, need?.argument, need?.section], ["no injection", undefined, "eventlet"]);
  });

  it("are gevent's patch", () => {
    const [need] = needs(["gevent==24.2.1"]);
    assert.deepEqual([need?.argument, need?.section], ["injection.python.gevent: true", "gevent"]);
  });

  it("are one SDK", () => {
    for (const name of ["opentelemetry-sdk", "opentelemetry-distro", "opentelemetry-exporter-otlp"]) {
      const sections = needs([`${name}==1.43.0`, "opentelemetry-api==1.43.0"]).map(({ section }) => section);
      assert.deepEqual(sections, ["own-sdk"], name);
    }
  });

  it("are the injected version of the API where there is no SDK", () => {
    const own = (...lines: string[]) => needs(lines).filter(({ section }) => section === "own-sdk");
    assert.match(
      own("opentelemetry-api==1.40.0")[0]?.reason ?? "",
      /^it has opentelemetry-api 1\.40\.0 without an SDK: /,
    );
    assert.equal(own("opentelemetry-api>=1.20")[0]?.need, "opentelemetry-api 1.43.0");
    assert.deepEqual(own("opentelemetry-api==1.43.0"), []);
  });

  it("are the start-up's files for a server that forks its workers, and nothing for one that starts them", () => {
    const [need, ...others] = needs(["gunicorn==22.0.0", "uvicorn>=0.30", "waitress==3.0.0"]);
    assert.equal(need?.section, "python-the-start-up");
    assert.match(need.reason, /^gunicorn forks its workers/);
    assert.deepEqual(others, []);
    assert.deepEqual(needs(["uvicorn>=0.30", "hypercorn==0.17.3"]), []);
  });

  it("are the start-up's files for applications that can be mounted", () => {
    const [need] = needs(["fastapi==0.120.0", "gunicorn==22.0.0"]);
    assert.match(need?.reason ?? "", /lose all they count; a request to a mounted application would count twice/);
    assert.equal(needs(["starlette==1.0.0"])[0]?.section, "python-the-start-up");
  });
});
