import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readlink, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { dump } from "js-yaml";
import { sha256 } from "../../artifacts/files.ts";
import { fillMirror } from "../../artifacts/fillMirror.ts";
import { writeLock } from "../../artifacts/lock.ts";
import { lockFileName, ownPlatform, releaseOf, releaseUrl } from "../../artifacts/programs/releases.ts";
import { everyArtifact } from "../../artifacts/request.ts";
import { everyImage } from "../../catalog/imageRegistry.ts";
import { createReport } from "../../cli/report.ts";
import { mirror } from "../../review/program/mirror.ts";
import { copyProject } from "../../review/program/projectCopy.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { writeRelease } from "../../review/releases/releasedFiles.ts";
import { clusterTools } from "../../sandbox/cluster/config.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { upstreamServer } from "../artifacts/upstreamServer.ts";
import { eventually } from "../support/eventually.ts";
import { canMakeNetwork, ownNetwork } from "../support/ownNetwork.ts";
import { artifactsAre, platformSettings } from "../support/platformSandbox.ts";
import { countStandIns } from "../support/standInCount.ts";
import { under } from "../support/under.ts";
import { describeWhere } from "../support/prerequisites.ts";

/** Every address is this machine itself: what asks another one is refused at once. The API server wants an address and a default route. */
const nothingElse = `ip link set lo up && ip address add 192.0.2.1/32 dev lo && ip route add local default dev lo table main`;

/** What `up` runs and upstream releases. */
const released = [...clusterTools, "pulumi", "pulumi-resource-kubernetes", "prometheus-operator"] as const;

describeWhere(canMakeNetwork(nothingElse), "unshare with the right to make networks, and iproute2")(
  `an installation where there is no network, from a filled folder with ${artifactsAre}`,
  function () {
    this.timeout(20 * 60_000);
    countStandIns();
    const work = mkdtempSync(join(tmpdir(), "fluffy-observability-air-gap-"));
    const at = (name: string) => join(work, name);
    const upstream = upstreamServer();
    let keeper: ChildProcess;
    let kubectl: string;

    before("make a network with nothing in it", async () => {
      keeper = spawn("unshare", [...ownNetwork, "sleep", "1200"], { stdio: "ignore" });
      // The process is there before its namespace.
      await eventually(async () => {
        assert.notEqual(await readlink(`/proc/${keeper.pid}/ns/net`), await readlink("/proc/self/ns/net"));
      }, 10_000);
      assert.equal((await within("sh", "-c", nothingElse)).code, 0);
    });
    after("stop what runs there", async () => {
      await sandbox("down");
      keeper.kill();
      rmSync(work, { recursive: true, force: true });
    });

    /** Runs a program there, with caches of its own. */
    async function within(
      program: string,
      ...args: string[]
    ): Promise<{ code: number; stdout: string; stderr: string }> {
      const enter = ["--target", String(keeper.pid), "--user", "--net", "--preserve-credentials", `--wd=${work}`];
      const path = [dirname(process.execPath), "/usr/sbin", "/usr/bin", "/sbin", "/bin"].join(delimiter);
      const env: NodeJS.ProcessEnv = { ...process.env, XDG_CACHE_HOME: at("cache"), PATH: path };
      Reflect.deleteProperty(env, "PULUMI_HOME");
      const options = { env, maxBuffer: 2 ** 28 };
      try {
        return { code: 0, ...(await promisify(execFile)("nsenter", [...enter, program, ...args], options)) };
      } catch (error) {
        return error as Error & { code: number; stdout: string; stderr: string };
      }
    }

    function sandbox(verb: string) {
      const project = at("project");
      const where = ["--state", at("state"), "--port", "22300", "--project", project];
      const program = [`${project}/runTypeScript.mjs`, `${project}/sandbox/main.ts`];
      return within(process.execPath, "--import", ...program, verb, ...where, "--config-file", at("dev.yaml"));
    }

    it("first fills the folder from a stand-in for upstream", async () => {
      const programs = await ensureTools(released, sandboxPaths(), createReport());
      ({ kubectl } = programs);
      mkdirSync(at("released"));
      const files = await Promise.all(
        released.map(async (name) => {
          const version = toolVersion(name, sandboxPaths().project);
          const [[key, checksum] = assert.fail(name)] = Object.entries(
            await writeRelease(at("released"), { [name]: programs[name] }, version),
          );
          const release = releaseOf(name, version, ownPlatform() ?? assert.fail()) ?? assert.fail();
          return { key, checksum, url: releaseUrl(release, checksum) };
        }),
      );
      const artifacts = mirror ?? (await standInFolder());
      upstream.answerPrograms(at("released"), files);
      upstream.answerArtifacts(artifacts);
      await fillMirror(everyArtifact, at("mirror"), {
        ...{ lockFile: at("none"), programs: files },
        hold: () => Promise.resolve({ release: () => undefined }),
        images: Object.fromEntries(everyImage().map((image) => [image, undefined])),
      });
      rmSync(at("released"), { recursive: true });

      // What a clone has recorded before it is carried there.
      await copyProject(at("project"));
      await writeLock(
        join(at("project"), lockFileName),
        Object.fromEntries(files.map(({ key, checksum }) => [key, checksum])),
      );
      const sums = everyArtifact.map(({ key, path }) => [key, sha256(readFileSync(join(artifacts, path)))] as const);
      await writeLock(join(at("project"), "artifacts.lock.json"), Object.fromEntries(sums));
      const settings = await platformSettings("dev", { artifactsMirror: at("mirror"), artifactsLocked: true });
      const config = Object.entries(settings).map(([key, value]) => [`fluffy-observability:${key}`, value] as const);
      writeFileSync(at("dev.yaml"), dump({ config: Object.fromEntries(config) }));
    });

    it("converges, with images of the list only", async () => {
      const { code, stderr } = await sandbox("up");
      assert.equal(code, 0, stderr);
      const { stdout } = await within(
        kubectl,
        ...["--kubeconfig", join(at("state"), "kubeconfig"), "get", "pods", "--all-namespaces", "--output", "json"],
      );
      const images = new Set(under(JSON.parse(stdout), "image").map(String));
      const listed = readFileSync(join(at("mirror"), "images.txt"), "utf8")
        .trim()
        .split("\n");
      assert.ok(images.size > 5, [...images].join(", "));
      const own = [...images].filter((image) => !listed.includes(image)).map((image) => basename(image).split(":")[0]);
      assert.deepEqual(own, ["python-api"]);
    });

    it("refuses a chart that is missing in one line that names it", async () => {
      const [{ path } = assert.fail()] = everyArtifact.filter((each) => each.path.includes("cert-manager"));
      await rename(join(at("mirror"), path), at("away.tgz"));
      const { code, stderr } = await sandbox("preview");
      assert.equal(code, 1);
      const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
      assert.deepEqual(errors.length, 1, stderr);
      assert.match(errors[0] ?? "", new RegExp(`artifactsMirror: there is no ${at("mirror")}/${path}$`));
    });
  },
);
