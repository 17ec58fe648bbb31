import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { chartArguments } from "./chart.ts";
import { runHelm, type Helm } from "./command.ts";
import { DIGEST_LABEL, type ReleaseRecord } from "./record.ts";
import type { ReleaseInputs } from "./releaseInputs.ts";

/** Uninstalling waits for finalizers; what takes longer is stuck. */
const UNINSTALL_TIMEOUT = "5m";

/**
 * Installs or upgrades a release.
 *
 * @param digest content of the chart, written into the release's labels
 * @param folder that a relative chart is relative to
 * @returns names of objects that were left out because nothing here can serve them
 * @throws Error with Helm's words.
 */
export async function upgradeRelease(
  helm: Helm,
  release: ReleaseInputs,
  digest: string,
  folder: string,
): Promise<string[]> {
  const leftOut = path.join(helm.state, "helm", `${release.namespace}.${release.name}.left-out`);
  mkdirSync(path.dirname(leftOut), { recursive: true });
  try {
    const args = [...upgradeArguments(release, digest, folder), ...postRenderer(leftOut)];
    // Values by standard input: they may hold secrets, which must not be in a file.
    await runHelm(helm, args, JSON.stringify(release.values));
    return readLines(leftOut);
  } finally {
    rmSync(leftOut, { force: true });
  }
}

function upgradeArguments(release: ReleaseInputs, digest: string, folder: string): string[] {
  const { name, namespace, timeout } = release;
  return [
    "upgrade",
    name,
    ...chartArguments(release, folder),
    "--install",
    ...["--namespace", namespace],
    ...["--values", "-"],
    // Without it Helm keeps the former values where none are given.
    "--reset-values",
    ...["--labels", `${DIGEST_LABEL}=${digest}`],
    ...["--timeout", `${timeout}s`],
    ...(release.skipAwait ? [] : ["--wait"]),
    ...(release.atomic ? ["--atomic"] : []),
    ...(release.createNamespace ? ["--create-namespace"] : []),
    ...(release.skipCrds ? ["--skip-crds"] : []),
  ];
}

/** Helm starts it as a program: this Node runs it as it is. */
function postRenderer(leftOut: string): string[] {
  const script = path.join(import.meta.dirname, "postRenderer.ts");
  return ["--post-renderer", process.execPath, "--post-renderer-args", script, "--post-renderer-args", leftOut];
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

/** Uninstalls a release and waits until its objects are gone; nothing happens when it is not there. */
export async function uninstallRelease(helm: Helm, namespace: string, name: string): Promise<void> {
  const wait = ["--wait", "--timeout", UNINSTALL_TIMEOUT, "--ignore-not-found"];
  await runHelm(helm, ["uninstall", name, "--namespace", namespace, ...wait]);
}

/** What a killed Helm has left to do before the release can be upgraded. */
export type Recovery = { do: "nothing" } | { do: "uninstall" } | { do: "rollback"; revision: number };

/**
 * How to make a release usable again: what was being installed is removed, what was being upgraded goes back to the
 * version that worked.
 *
 * @param records all revisions, oldest first
 */
export function recoveryOf(records: ReleaseRecord[]): Recovery {
  switch (records.at(-1)?.status) {
    case "pending-install":
    case "uninstalling":
      return { do: "uninstall" };
    case "pending-upgrade":
    case "pending-rollback": {
      const good = records.filter(({ status }) => status === "deployed").at(-1);
      const former = good ?? records.filter(({ status }) => status === "superseded").at(-1);
      return former === undefined ? { do: "uninstall" } : { do: "rollback", revision: former.revision };
    }
    default:
      return { do: "nothing" };
  }
}

/** Makes a release usable again. */
export async function recover(helm: Helm, release: ReleaseInputs, recovery: Recovery): Promise<void> {
  const { namespace, name, timeout } = release;
  if (recovery.do === "uninstall") await uninstallRelease(helm, namespace, name);
  if (recovery.do === "rollback") {
    const wait = ["--wait", "--timeout", `${timeout}s`];
    await runHelm(helm, ["rollback", name, String(recovery.revision), "--namespace", namespace, ...wait]);
  }
}
