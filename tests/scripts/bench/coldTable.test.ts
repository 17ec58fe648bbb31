import assert from "node:assert/strict";
import { parseBuilds, parseCost } from "../../../scripts/bench/coldRun.ts";
import { coldTable } from "../../../scripts/bench/coldTable.ts";

describe("parseCost", () => {
  it("adds up what bash's time says", () => {
    assert.deepEqual(parseCost("12.500 20.250 1.500"), { elapsed: 12.5, processor: 21.75 });
    assert.throws(() => parseCost("up: done in 12 s"), /no times in "up: done/);
  });
});

describe("parseBuilds", () => {
  it("has the processor seconds of each program", () => {
    const builds = parseBuilds("etcd 40.000 80.500 0.500\nkube-apiserver 300.000 500.000 20.000\n");
    assert.deepEqual(
      [...builds],
      [
        ["etcd", 81],
        ["kube-apiserver", 520],
      ],
    );
  });
});

describe("coldTable", () => {
  it("puts candidates below each other, and their programs", () => {
    const [up, telemetry] = [
      { elapsed: 100.4, processor: 150.6 },
      { elapsed: 20, processor: 30 },
    ];
    const built = { name: "all built", up, telemetry, builds: new Map([["etcd", 81.2]]) };
    const former = { ...built, name: "former", builds: new Map([["jaeger", 300]]) };
    assert.equal(
      coldTable([built, former]),
      [
        "| First run | `up`: CPU seconds | seconds | `up --telemetry` after it: CPU seconds | seconds |",
        "| --- | --- | --- | --- | --- |",
        "| all built | 151 | 100 | 30 | 20 |",
        "| former | 151 | 100 | 30 | 20 |",
        "",
        "| CPU seconds of Go | all built | former |",
        "| --- | --- | --- |",
        "| `etcd` | 81 |  |",
        "| `jaeger` |  | 300 |",
      ].join("\n"),
    );
    assert.doesNotMatch(coldTable([{ ...built, builds: new Map() }]), /Go/);
  });
});
