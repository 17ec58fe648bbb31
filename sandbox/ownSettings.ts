import { mirrorSeenFrom } from "../artifacts/mirror.ts";
import type { Session } from "./session.ts";
import { type PulumiProject, readProject } from "../settings/stackFile.ts";
import { chooseMirror } from "./operators/chooseMirror.ts";

/** The context is that of the sandbox's cluster, whatever the stack's is. */
export function ownContext(project: PulumiProject): PulumiProject {
  const key = `${project.name}:kubeContext`;
  return project.config[key] === undefined ? project : withValue(project, key, "");
}

/**
 * Sets the platform's setting `artifactsMirror` for this run: where neither a mirror is configured nor upstream can be
 * reached, hand-written stand-ins serve. Other projects have no such setting and stay as they are.
 */
export async function withMirror(project: PulumiProject, { paths, report }: Session): Promise<PulumiProject> {
  const key = `${project.name}:artifactsMirror`;
  const configured = project.config[key];
  if (configured === undefined) return project;
  return withValue(project, key, await chooseMirror(configured, paths, report));
}

/** The platform's mirror, which has programs too; "" where the stack has none or cannot be read, as whoever needs it says. */
export function mirrorOf({ options, folder }: Pick<Session, "options" | "folder">): string {
  try {
    const { name, config } = readProject(folder, options.stack, options);
    return mirrorSeenFrom(folder, config[`${name}:artifactsMirror`] ?? "");
  } catch {
    return "";
  }
}

function withValue(project: PulumiProject, key: string, value: string): PulumiProject {
  return { ...project, config: { ...project.config, [key]: value }, values: { ...project.values, [key]: value } };
}
