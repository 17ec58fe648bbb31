import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings/read.ts";

const site = { type: "postgres", host: "postgres.example.org:5432", secret: "grafana-database" };
const parse = (grafana: object, parts: object = {}) =>
  parseSettings({ grafana: JSON.stringify(grafana), parts: JSON.stringify(parts) });

/** What is wrong, the settings, and the line about it. */
const wrong: readonly [string, object, string][] = [
  [
    "more pods than one file has",
    { replicas: 2 },
    "grafana.replicas is 2, but grafana.database.type is file: each pod would have users and dashboards of its own; must be 1",
  ],
  [
    "a database's host without its kind",
    { database: { host: site.host } },
    "grafana.database.host is set, but grafana.database.type is file: set that to postgres or mysql, or leave it empty",
  ],
  [
    "a database that is nowhere",
    { database: { ...site, host: "" } },
    "grafana.database.host is empty, but grafana.database.type is postgres, which needs it",
  ],
  [
    "a database without a login",
    { database: { ...site, secret: "" } },
    "grafana.database.secret is empty, but grafana.database.type is postgres, which needs it",
  ],
  [
    "a host without a port",
    { database: { ...site, host: "postgres.example.org" } },
    'grafana.database.host is "postgres.example.org": must be empty, or host:port such as postgres.example.org:5432',
  ],
  [
    "a name that ends its setting",
    { database: { ...site, name: "a password=b" } },
    'grafana.database.name is "a password=b": must be the name of a database, of letters, digits, _ and -, such as grafana',
  ],
  [
    "a volume with nothing to keep",
    { volumeSize: "1Gi", database: site },
    'grafana.volumeSize is "1Gi", but grafana.database.type is postgres: a volume has nothing to keep; leave it empty',
  ],
  [
    "MySQL over TLS without a CA",
    { database: { ...site, type: "mysql" } },
    "grafana.database.caSecret is empty, but grafana.database.type is mysql, for which Grafana knows no CA by itself: " +
      "set it, or grafana.database.tls to off",
  ],
  [
    "a CA without TLS",
    { database: { ...site, tls: "off", caSecret: "ca" } },
    "grafana.database.caSecret is set, but grafana.database.tls is off: leave one of them out",
  ],
];

describe("settings of Grafana", () => {
  it("keep a file in one pod unless told otherwise", () => {
    const { replicas, database } = parseSettings({}).grafana;
    assert.deepEqual([replicas, database.type, database.tls], [1, "file", "verified"]);
  });

  it("take more than one pod with a database, with a CA of the site or the public ones", () => {
    assert.equal(parse({ replicas: 3, database: site }).grafana.replicas, 3);
    assert.equal(parse({ database: { ...site, type: "mysql", caSecret: "ca" } }).grafana.database.type, "mysql");
    assert.equal(parse({ database: { ...site, type: "mysql", tls: "off" } }).grafana.database.tls, "off");
  });

  it("are not looked at where Grafana is elsewhere", () => {
    assert.equal(parse({ replicas: 2 }, { grafana: false }).grafana.replicas, 2);
  });

  for (const [what, grafana, line] of wrong) {
    it(`refuse ${what} in one line`, () => {
      assert.throws(
        () => parse(grafana),
        (error) => error instanceof SettingsError && error.message === `fluffy-observability:${line}`,
      );
    });
  }
});
