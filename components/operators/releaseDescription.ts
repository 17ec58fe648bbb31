/** Type of a Helm release, as Pulumi's engine and its states have it. */
export const releaseType = "kubernetes:helm.sh/v3:Release";

/**
 * What a Helm release of a stack says of itself: a run that was broken off is ended by what says that it is this stack's. Helm
 * writes it down once a revision is deployed.
 */
export function releaseDescription(project: string, stack: string): string {
  return `Pulumi stack ${project}/${stack}`;
}
