/** What is wrong with a release artifact, in one line that says which artifact, what was expected and what to do. */
export class ArtifactError extends Error {
  override readonly name = "ArtifactError";
}
