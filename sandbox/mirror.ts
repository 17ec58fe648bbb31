import type { Session } from "./session.ts";
import type { PulumiProject } from "./stackFile.ts";
import { chooseMirror } from "./standIns/chooseMirror.ts";

/** A project whose artifacts can be had, and what is to be said about where they come from. */
export interface ProjectWithMirror {
  project: PulumiProject;
  notes: string[];
}

/**
 * Sets the platform's setting `artifactsMirror` for this run: where neither a mirror is configured nor upstream can be
 * reached, hand-written stand-ins serve. Other projects have no such setting and stay as they are.
 */
export async function withMirror(project: PulumiProject, session: Session): Promise<ProjectWithMirror> {
  const key = `${project.name}:artifactsMirror`;
  const configured = project.config[key];
  if (configured === undefined) return { project, notes: [] };
  const { cache, project: folder } = session.paths;
  const notes: string[] = [];
  const mirror = await chooseMirror(configured, { cache, project: folder }, { note: (line) => notes.push(line) });
  return { project: { ...project, config: { ...project.config, [key]: mirror } }, notes };
}
