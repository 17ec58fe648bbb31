import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { buildEnvironment } from "../../sandbox/programs/build.ts";
import { catalog, type ToolName } from "../../sandbox/programs/catalog.ts";
import { readGoModule } from "../../sandbox/programs/goModule.ts";
import { standInPackages, writeStandIns } from "../../sandbox/programs/standIns.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Their clients make up a third of the engine, and only drivers of states and secrets that are no files use them. */
const clouds = ["github.com/aws/", "github.com/Azure/", "github.com/hashicorp/vault/", "cloud.google.com/go/"];

// It fetches the modules where they are not there, as the builds for this suite and telemetry do.
describe("programs that the sandbox builds", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const env = buildEnvironment(process.env);
  const moduleOf = (program: ToolName) => readGoModule(join(sandboxPaths().project, "tools", catalog[program].module));

  async function imports(program: ToolName, args: string[]): Promise<string[]> {
    const list = ["list", "-mod=readonly", "-deps", ...args, catalog[program].package];
    const { stdout } = await promisify(execFile)("go", list, {
      cwd: moduleOf(program).folder,
      env,
      maxBuffer: 2 ** 26,
    });
    return stdout.trim().split("\n");
  }

  it("leave the clients of clouds out of the engine, which with its provider imports each of the stand-ins", async () => {
    const module = moduleOf("pulumi");
    const standIns = await writeStandIns(module, join(folder(), "pulumi"), env);
    const all = await imports("pulumi", []);
    const own = await imports("pulumi", standIns);
    const ofProvider = await imports("pulumi-resource-kubernetes", standIns);
    const ofClouds = (paths: string[]) => paths.filter((path) => clouds.some((cloud) => path.startsWith(cloud)));
    assert.ok(ofClouds(all).length > 150, `${ofClouds(all).length} packages`);
    assert.deepEqual(ofClouds(own), ["github.com/aws/aws-sdk-go-v2/service/s3"]);
    assert.deepEqual(
      standInPackages(module).filter((path) => !own.includes(path) && !ofProvider.includes(path)),
      [],
    );
    assert.ok(own.length < all.length - 450, `${own.length} of ${all.length} packages`);
  });

  it("leave out of Jaeger what it never calls, and what the sandbox's has no configuration for", async () => {
    const module = moduleOf("jaeger");
    const standIns = await writeStandIns(module, join(folder(), "jaeger"), env);
    const [all, own] = [await imports("jaeger", []), await imports("jaeger", standIns)];
    // Elasticsearch's typed client, beside the one that Jaeger has; logins of remote write; clients of Kafka.
    const typed = "github.com/elastic/go-elasticsearch/v9/typedapi/";
    const gone = [
      typed,
      "github.com/Azure/",
      "google.golang.org/api/",
      "github.com/twmb/franz-go/",
      "github.com/IBM/sarama",
    ];
    for (const path of gone) {
      const of = (paths: string[]) => paths.filter((each) => each.startsWith(path)).length;
      assert.ok(of(all) > 0, path);
      assert.equal(of(own), 0, path);
    }
    assert.deepEqual(
      standInPackages(module).filter((path) => !own.includes(path)),
      [],
    );
    assert.ok(own.length < all.length - 950, `${own.length} of ${all.length} packages`);
  });
});
