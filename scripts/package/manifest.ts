/** What of the project's package.json the package needs. */
export interface ProjectManifest {
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Pulumi's SDKs: a program has one of each, its own. */
const peers = ["@pulumi/kubernetes", "@pulumi/pulumi"];

/** Packages that the compiled files import. */
const needed = ["@pulumi/kubernetesx", "fastest-levenshtein", "zod"];

/** The package.json of the npm package, with the versions that this project is tested with. */
export function packageManifest({ version, license, dependencies }: ProjectManifest): Record<string, unknown> {
  const versions = (names: readonly string[], range: string) =>
    Object.fromEntries(names.map((name) => [name, `${range}${String(dependencies[name])}`]));
  return {
    name: "fluffy-observability",
    version,
    description: "Instrumented APIs for Pulumi programs, and the outputs of the platform that they send to",
    license,
    type: "module",
    exports: { ".": { types: "./package/index.d.ts", default: "./package/index.js" } },
    engines: { node: ">=22" },
    dependencies: versions(needed, ""),
    peerDependencies: versions(peers, "^"),
  };
}
