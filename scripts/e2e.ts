import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { npmCommand, runScript } from "../cli/command.ts";
import { cannotRun, requirePrograms } from "../cli/cannotRun.ts";
import { errorLine, UserError } from "../cli/errors.ts";
import { readProject } from "../settings/stackFile.ts";
import { checkSettings } from "../stacks/checkSettings.ts";
import { withEndpoints } from "./e2e/endpoints.ts";
import { e2eCluster, e2eClusterFile, e2eMark, e2eSettings, e2eStack } from "./e2e/settings.ts";
import type { PortForward } from "./forward/portForward.ts";
import { stackForwards } from "./forward/stackForwards.ts";

const command = npmCommand(
  "e2e",
  "The platform on a real cluster: makes a kind cluster of its own, builds the sample API's image, runs pulumi up, sends requests, checks what the telemetry tests check, and removes everything but the registry. Needs Docker, kind, ctlptl, kubectl and the Pulumi CLI.",
  "",
);

const project = resolve(import.meta.dirname, "..");
const settingsFile = join(project, `Pulumi.${e2eStack}.yaml`);
const image = "localhost:5005/python-api:dev";
const stack = ["--stack", e2eStack, "--non-interactive"];
const stopped = new AbortController();
let running: ChildProcess | undefined;
/** Found by its nodes: a run that was killed took its kubeconfig along. */
const deleteCluster = ["delete", "cluster", "--name", e2eCluster.replace(/^kind-/, "")];

async function e2e(folder: string): Promise<void> {
  // A state of its own, gone with the cluster.
  process.env["PULUMI_BACKEND_URL"] = `file://${folder}`;
  process.env["PULUMI_CONFIG_PASSPHRASE"] = randomBytes(16).toString("hex");
  // The user's own current context stays what it is.
  process.env["KUBECONFIG"] = join(folder, "kubeconfig");
  const cluster = join(folder, "cluster.yaml");
  await writeFile(cluster, e2eClusterFile(await readFile(join(project, "cluster/kind.yaml"), "utf8")));
  await writeFile(settingsFile, e2eSettings(await readFile(join(project, "Pulumi.dev.yaml"), "utf8")));
  // What a killed run left has lost its state.
  await run("kind", deleteCluster);
  await run("ctlptl", ["apply", "--filename", cluster]);
  await run("docker", ["build", "--tag", image, "apps/python-api"]);
  await run("docker", ["push", image]);
  await run("pulumi", ["stack", "init", e2eStack, "--non-interactive"]);
  await run("pulumi", ["up", ...stack, "--yes", "--skip-preview"]);
  // What `up` leaves must be what the program says.
  await run("pulumi", ["preview", ...stack, "--expect-no-changes"]);
  await withEndpoints(await forwards(), stopped.signal, async (links) => {
    process.env["E2E_LINKS"] = JSON.stringify(links);
    await run("mocha", ["tests/e2e/*.e2e.ts"]);
  });
  await run("pulumi", ["destroy", ...stack, "--yes", "--skip-preview"]);
}

async function forwards(): Promise<PortForward[]> {
  const asked = ["sampleApi", "jaeger", "prometheus"];
  return (await stackForwards(["--stack", e2eStack])).filter(({ name }) => asked.includes(name));
}

/** Runs a program with its output passed on. */
async function run(program: string, args: readonly string[]): Promise<void> {
  if (stopped.signal.aborted && args !== deleteCluster) throw new UserError("stopped");
  console.error(`\n$ ${program} ${args.join(" ")}`);
  const child = (running = spawn(program, args, { cwd: project, stdio: "inherit" }));
  const code = await new Promise<number | null>((done, reject) => {
    child.on("error", (error) => {
      reject(cannotRun(program, error));
    });
    child.on("close", done);
  });
  if (code !== 0) throw new UserError(`${program} ${args[0] ?? ""} failed with exit code ${code ?? "none"}`);
}

// After a signal what was made is still removed, and another one does not end that. A terminal's Ctrl-C reaches the program
// that runs right now by itself.
process.on("SIGINT", () => {
  stopped.abort();
});
for (const signal of ["SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (!stopped.signal.aborted) running?.kill("SIGTERM");
    stopped.abort();
  });
}
await runScript(command, async () => {
  requirePrograms("ctlptl", "docker", "kind", "kubectl", "pulumi");
  if (existsSync(settingsFile) && !readFileSync(settingsFile, "utf8").startsWith(e2eMark)) {
    throw new UserError(`${settingsFile} is not of this command, which would replace it: move it away first`);
  }
  // The run has the settings of dev, but for the cluster and the upstream.
  await checkSettings(readProject(project, "dev"));
  const folder = await mkdtemp(join(tmpdir(), "fluffy-observability-e2e-"));
  try {
    await e2e(folder);
  } finally {
    await run("kind", deleteCluster).catch((error: unknown) => {
      console.error(errorLine(error));
    });
    await rm(settingsFile, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
});
