import assert from "node:assert/strict";
import { posix } from "node:path";
import { readProjectFile, tableUnder } from "../support/markdown.ts";
import { hasReference, recorded, type RecordedObject } from "../support/reference.ts";

const file = "docs/tenancy.md";

describe(file, () => {
  const rows = tableUnder(readProjectFile(file), "Who may do what");

  it("names for each row a test that there is", () => {
    assert.ok(rows.length > 10);
    for (const [what = "", , test = ""] of rows) {
      const [, link = "", title = ""] = /^\[\w+\]\((\S+)\): (.+)$/.exec(test) ?? [];
      assert.ok(title !== "", what);
      // What is tried in a loop stands in a list of its own.
      const text = [posix.join("docs", link), "tests/support/teamRefusals.ts"].map(readProjectFile).join("");
      const last = title.replace(/^ScrapeConfig of/, "of");
      assert.ok(text.includes(last), `${link} has no test "${title}"`);
    }
  });

  it("names every port that the real operators give the platform's pods", function () {
    if (!hasReference) this.skip();
    const section = readProjectFile(file).split("## Ports that change something")[1]?.split("\n## ")[0] ?? "";
    const pods = [...recorded("workloads.yaml"), ...recorded("grafana-deployment.yaml")];
    const ports = pods.flatMap(containerPorts);
    assert.ok(ports.length > 20);
    for (const port of ports) assert.match(section, new RegExp(`\\b${port}\\b`));
  });
});

function containerPorts({ spec = {} }: Partial<RecordedObject>): number[] {
  const { template } = spec as {
    template?: { spec: { containers: { ports?: { containerPort: number }[] }[] } };
  };
  const containers = template?.spec.containers ?? [];
  return containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort));
}
