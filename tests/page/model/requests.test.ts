import assert from "node:assert/strict";
import { gridOf, rateInterval, readRange, timesOf } from "../../../page/model/range.ts";
import {
  exemplarQuery,
  fill,
  type Filling,
  instantQuery,
  linesQuery,
  rangeQuery,
  valuesQuery,
} from "../../../page/model/requests.ts";
import { addressOf, readRoute } from "../../../page/model/route.ts";

const variables = [
  { name: "namespace", label: "", definition: "label_values(up, namespace)", text: "", many: true, hidden: false },
  {
    name: "service",
    label: "",
    definition: 'label_values(up{namespace=~"$namespace"}, job)',
    text: "",
    many: false,
    hidden: false,
  },
  { name: "pod", label: "", definition: "", text: ".*", many: false, hidden: false },
];
const filling: Filling = { choices: {}, variables, scrape: 15, step: 15 };

describe("fill", () => {
  const filled = (choices: Filling["choices"]) =>
    fill('rate(up{n=~"$namespace", s="$service"}[$__rate_interval])', { ...filling, choices });

  it("takes everything where nothing is chosen, and Grafana's window", () => {
    assert.equal(filled({}), 'rate(up{n=~".*", s=""}[60s])');
  });

  it("takes a text as it is until it is changed", () => {
    const filledText = (choices: Filling["choices"]) => fill("{pod=~${pod:doublequote}}", { ...filling, choices });
    assert.equal(filledText({}), '{pod=~".*"}');
    assert.equal(filledText({ pod: ["till-.*"] }), '{pod=~"till-.*"}');
    assert.equal(filledText({ pod: ["till-\\d+"] }), '{pod=~"till-\\\\d+"}');
  });

  it("makes a regular expression of several values, in which a point is a point", () => {
    assert.equal(filled({ namespace: ["a.b", "c"], service: ['x"y'] }), 'rate(up{n=~"(a\\\\.b|c)", s="x\\"y"}[60s])');
  });
});

describe("the paths of queries", () => {
  const grid = { from: 0, to: 60, step: 15, end: 70 };

  it("have the points of the grid", () => {
    assert.equal(
      rangeQuery({ source: "prometheus" }, "up", grid),
      "/prometheus/api/v1/query_range?query=up&start=0&end=60&step=15",
    );
    assert.equal(
      rangeQuery({ source: "logs" }, "a | stats rate()", grid),
      "/logs/select/logsql/stats_query_range?query=a+%7C+stats+rate%28%29&start=0&end=60&step=15s",
    );
  });

  it("ask for the newest lines of a time, as many as the panel has", () => {
    const search = linesQuery({ maxLines: 200 }, "a:b", grid).split("?")[1];
    assert.deepEqual(Object.fromEntries(new URLSearchParams(search)), {
      query: "a:b | sort by (_time desc) limit 200",
      start: "0",
      end: "70",
    });
  });

  it("ask for the values of a table at the end of the time", () => {
    assert.equal(instantQuery("up", grid), "/prometheus/api/v1/query?query=up&time=70");
  });

  it("ask for exemplars only where the panel has them", () => {
    const target = {
      refId: "A",
      source: "prometheus",
      expr: "up",
      legendFormat: "",
      exemplar: false,
      maxLines: 0,
    } as const;
    assert.equal(exemplarQuery(target, "up", grid), undefined);
    assert.match(
      exemplarQuery({ ...target, exemplar: true }, "up", grid) ?? "",
      /query_exemplars\?query=up&start=0&end=70$/,
    );
  });

  it("ask for the values of a variable among what is chosen before it", () => {
    const [, service] = variables;
    assert.ok(service);
    const path = valuesQuery(service, { ...filling, choices: { namespace: ["n"] } }, grid) ?? "";
    assert.match(path, /^\/prometheus\/api\/v1\/label\/job\/values\?/);
    assert.equal(new URLSearchParams(path.split("?")[1]).get("match[]"), 'up{namespace=~"n"}');
    assert.equal(valuesQuery({ ...service, definition: "other" }, filling, grid), undefined);
  });
});

describe("gridOf", () => {
  it("has points at multiples of a step that is no shorter than a scrape", () => {
    assert.deepEqual(gridOf({ from: 7, to: 907 }, 15), { from: 15, to: 900, step: 15, end: 907 });
    assert.equal(gridOf({ from: 0, to: 86_400 }, 15).step, 360);
    assert.deepEqual(timesOf({ from: 15, to: 45, step: 15 }), [15, 30, 45]);
  });

  it("knows the end of the span, which may be minutes after the last point", () => {
    const { to, end } = gridOf(readRange("7d", 700_000.5), 15);
    assert.deepEqual([to, end], [Math.floor(700_000 / 2520) * 2520, 700_001]);
  });

  it("has windows of four scrapes, and none with a gap to the next", () => {
    assert.equal(rateInterval(15, 15), "60s");
    assert.equal(rateInterval(360, 15), "375s");
  });
});

describe("readRange", () => {
  it("knows spans until now, and those between two times", () => {
    assert.deepEqual(readRange("1h", 10_000), { from: 6400, to: 10_000 });
    assert.deepEqual(readRange("100-200", 10_000), { from: 100, to: 200 });
    assert.deepEqual(readRange("200-100", 10_000), { from: 9100, to: 10_000 });
  });
});

describe("readRoute", () => {
  it("reads what addressOf writes", () => {
    const route = { view: "dashboard", id: "d", span: "1h", choices: { namespace: ["a", "b"] } } as const;
    assert.equal(addressOf(route), "#/dashboard/d?span=1h&namespace=a&namespace=b");
    assert.deepEqual(readRoute(addressOf(route), "home"), route);
  });

  it("shows the first dashboard where the address says nothing that is known", () => {
    for (const hash of ["", "#/", "#/dashboard", "#/unknown/x"]) {
      assert.deepEqual(readRoute(hash, "home"), { view: "dashboard", id: "home", span: "15m", choices: {} }, hash);
    }
  });
});
