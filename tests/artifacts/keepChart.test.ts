import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keepChart } from "../../artifacts/keepChart.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const files = { "Chart.yaml": "name: ä\n", "templates/a.yaml": "kind: A\n" };
const packed = Buffer.from([31, 139, 0, 255]);

describe("keepChart", () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), "charts", "a-v1-0123");
  let made: number;
  beforeEach(() => {
    made = 0;
  });

  const keep = (chart: Parameters<typeof keepChart>[1] extends () => infer Chart ? Chart : never = files) =>
    keepChart(path(), () => {
      made++;
      return chart;
    });

  for (const [kind, chart] of Object.entries({ folder: files, "packed chart": packed })) {
    it(`writes a ${kind} once`, async () => {
      await keep(chart);
      const { ino } = await stat(path());
      await keep(chart);
      assert.equal((await stat(path())).ino, ino);
      assert.equal(made, 1);
    });

    it(`makes a ${kind} anew that is gone`, async () => {
      await keep(chart);
      await rm(path(), { recursive: true });
      await keep(chart);
      await keep(chart);
      assert.equal(made, 2);
    });
  }

  const changes: Record<string, [change: () => Promise<void>, file: string]> = {
    "a changed byte": [() => writeFile(join(path(), "templates/a.yaml"), "kind: B\n"), "/templates/a.yaml"],
    "another file": [() => writeFile(join(path(), "templates/b.yaml"), "kind: B\n"), "/templates/b.yaml"],
    "a file less": [() => rm(join(path(), "Chart.yaml")), "/Chart.yaml"],
  };
  for (const [what, [change, file]] of Object.entries(changes)) {
    it(`refuses ${what}, and leaves it to be looked at`, async () => {
      await keep();
      await change();
      const message = `${path()}${file} is not what was written there: nothing of it is used; delete ${path()} and run again`;
      for (const attempt of [1, 2]) await assert.rejects(keep(), { name: "ArtifactError", message }, String(attempt));
      assert.equal(made, 1);
    });
  }

  it("refuses a changed packed chart", async () => {
    await keep(packed);
    await writeFile(path(), Buffer.from([31, 139, 0, 254]));
    await assert.rejects(keep(packed), {
      name: "ArtifactError",
      message: `${path()} is not what was written there: nothing of it is used; delete ${path()} and run again`,
    });
  });

  it("takes nothing for granted that no record is of", async () => {
    await mkdir(join(path(), "templates"), { recursive: true });
    await writeFile(join(path(), "templates/of-somebody.yaml"), "kind: B\n");
    await keep();
    assert.deepEqual((await readdir(path(), { recursive: true })).sort(), [
      "Chart.yaml",
      "templates",
      "templates/a.yaml",
    ]);
    assert.equal(await readFile(join(path(), "Chart.yaml"), "utf8"), files["Chart.yaml"]);
    await keep();
    assert.equal(made, 1);
  });
});
