import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { buildEnvironment } from "../../sandbox/programs/build.ts";
import { catalog } from "../../sandbox/programs/catalog.ts";
import { readGoModule } from "../../sandbox/programs/goModule.ts";
import { standInPackages, writeStandIns } from "../../sandbox/programs/standIns.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Their clients make up a third of the engine, and only drivers of states and secrets that are no files use them. */
const clouds = ["github.com/aws/", "github.com/Azure/", "github.com/hashicorp/vault/", "cloud.google.com/go/"];

// It fetches the engine's modules where they are not there, as the build of the engine for this suite does.
describe("the engine that the sandbox builds", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const module = readGoModule(join(sandboxPaths().project, "tools", catalog.pulumi.module));
  const env = buildEnvironment(process.env);

  async function imports(program: "pulumi" | "pulumi-resource-kubernetes", args: string[]): Promise<string[]> {
    const list = ["list", "-mod=readonly", "-deps", ...args, catalog[program].package];
    const { stdout } = await promisify(execFile)("go", list, { cwd: module.folder, env, maxBuffer: 2 ** 26 });
    return stdout.trim().split("\n");
  }

  it("has no client of a cloud in it, and with its provider imports each of the stand-ins", async () => {
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
});
