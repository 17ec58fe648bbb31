import { createRequire } from "node:module";
import { blobUrl } from "../images/imageUrl.ts";

/** A system that programs run on, in Go's words. */
export interface Platform {
  os: "linux" | "darwin";
  arch: "amd64" | "arm64";
}

/** The systems that checksums are recorded for. */
export const platforms: readonly Platform[] = (["linux", "darwin"] as const).flatMap((os) =>
  (["amd64", "arm64"] as const).map((arch) => ({ os, arch })),
);

/** A file that upstream releases with a program in it. */
export type Release = FileRelease | LayerRelease;

/** A file at a server. */
export interface FileRelease {
  url: string;
  /** The program's path in the archive; undefined where the file is the program. */
  member?: string;
  /** Upstream's list of checksums; undefined where it publishes none. */
  checksums?: string;
}

/** The layer of an image that has the program: an archive, which its registry knows by its checksum. */
export interface LayerRelease {
  /** With its tag. */
  image: string;
  /** Whose image it is, of those in the list that the tag names. */
  platform: Platform;
  /** The program's path in the layer. */
  member: string;
}

/**
 * Where a program is released for a system; undefined where it is not.
 *
 * @param version that of the Go module, as `v1.36.3`
 */
type FindRelease = (version: string, platform: Platform) => Release | undefined;

const github = (repository: string, tag: string) => `https://github.com/${repository}/releases/download/${tag}`;

/** Servers are released for Linux only. */
function kubernetes(name: string, systems: readonly string[] = ["linux"]): FindRelease {
  return (version, { os, arch }) => {
    const url = `https://dl.k8s.io/release/${version}/bin/${os}/${arch}/${name}`;
    return systems.includes(os) ? { url, checksums: `${url}.sha256` } : undefined;
  };
}

/** No list of checksums is released. */
function kwok(name: string): FindRelease {
  return (version, { os, arch }) => ({ url: `${github("kubernetes-sigs/kwok", version)}/${name}-${os}-${arch}` });
}

/** Prometheus' module has its own numbering: v0.309.1 is Prometheus 3.9.1. */
export function prometheusVersion(module: string): string {
  const [, minor = "", patch = ""] = module.split(".");
  return `${Math.floor(Number(minor) / 100)}.${Number(minor) % 100}.${patch}`;
}

function prometheus(repository: string, name: string, number = (version: string) => version.slice(1)): FindRelease {
  return (version, { os, arch }) => {
    const project = repository.slice(repository.indexOf("/") + 1);
    const release = github(repository, `v${number(version)}`);
    const folder = `${project}-${number(version)}.${os}-${arch}`;
    return { url: `${release}/${folder}.tar.gz`, member: `${folder}/${name}`, checksums: `${release}/sha256sums.txt` };
  };
}

/** A provider in the version that its SDK asks for. How its list of checksums is named differs from release to release. */
function provider(name: string): FindRelease {
  return (_, { os, arch }) => {
    const version = sdkVersion(name);
    const file = `pulumi-resource-${name}-v${version}-${os}-${arch}.tar.gz`;
    return { url: `${github(`pulumi/pulumi-${name}`, `v${version}`)}/${file}`, member: `pulumi-resource-${name}` };
  };
}

const etcd: FindRelease = (version, { os, arch }) => {
  const release = github("etcd-io/etcd", version);
  const folder = `etcd-${version}-${os}-${arch}`;
  const url = `${release}/${folder}.${os === "linux" ? "tar.gz" : "zip"}`;
  return { url, member: `${folder}/etcd`, checksums: `${release}/SHA256SUMS` };
};

const helm: FindRelease = (version, { os, arch }) => {
  const url = `https://get.helm.sh/helm-${version}-${os}-${arch}.tar.gz`;
  return { url, member: `${os}-${arch}/helm`, checksums: `${url}.sha256sum` };
};

/** The distribution that the stack runs as an image. */
const collector: FindRelease = (version, { os, arch }) => {
  const release = github("open-telemetry/opentelemetry-collector-releases", version);
  const url = `${release}/otelcol-contrib_${version.slice(1)}_${os}_${arch}.tar.gz`;
  const checksums = `${release}/opentelemetry-collector-releases_otelcol-contrib_checksums.txt`;
  return { url, member: "otelcol-contrib", checksums };
};

/** Version 2 is released with version 1, of whose module it is: v1.76.0 is 2.13.0. */
const jaeger: FindRelease = (version, { os, arch }) => {
  const [, minor = "", patch = ""] = version.split(".");
  const own = `2.${Number(minor) - 63}.${patch}`;
  const release = github("jaegertracing/jaeger", version);
  const folder = `jaeger-${own}-${os}-${arch}`;
  return {
    url: `${release}/${folder}.tar.gz`,
    member: `${folder}/jaeger`,
    checksums: `${release}/jaeger-${own}.sha256sum.txt`,
  };
};

const victoriaLogs: FindRelease = (version, { os, arch }) => {
  const file = `${github("VictoriaMetrics/VictoriaLogs", version)}/victoria-logs-${os}-${arch}-${version}`;
  return { url: `${file}.tar.gz`, member: "victoria-logs-prod", checksums: `${file}_checksums.txt` };
};

const pulumi: FindRelease = (version, { os, arch }) => {
  const release = github("pulumi/pulumi", version);
  return {
    url: `${release}/pulumi-${version}-${os}-${arch === "amd64" ? "x64" : arch}.tar.gz`,
    member: "pulumi/pulumi",
    checksums: `${release}/pulumi-${version.slice(1)}-checksums.txt`,
  };
};

/** An image is made for Linux only. */
function inImage(repository: string, member: string): FindRelease {
  return (version, platform) =>
    platform.os === "linux" ? { image: `${repository}:${version}`, platform, member } : undefined;
}

/** Others are built, since no user's run needs them. */
const releases = {
  etcd,
  "kube-apiserver": kubernetes("kube-apiserver"),
  "kube-controller-manager": kubernetes("kube-controller-manager"),
  "kube-scheduler": kubernetes("kube-scheduler"),
  kubectl: kubernetes("kubectl", ["linux", "darwin"]),
  kwok: kwok("kwok"),
  kwokctl: kwok("kwokctl"),
  helm,
  otelcol: collector,
  jaeger,
  "victoria-logs": victoriaLogs,
  prometheus: prometheus("prometheus/prometheus", "prometheus", prometheusVersion),
  promtool: prometheus("prometheus/prometheus", "promtool", prometheusVersion),
  alertmanager: prometheus("prometheus/alertmanager", "alertmanager"),
  amtool: prometheus("prometheus/alertmanager", "amtool"),
  "prometheus-operator": inImage("quay.io/prometheus-operator/prometheus-operator", "bin/operator"),
  pulumi,
  "pulumi-resource-kubernetes": provider("kubernetes"),
  "pulumi-resource-random": provider("random"),
} satisfies Record<string, FindRelease>;

/** A program that upstream releases. */
export type ReleasedName = keyof typeof releases;

/** Names of the programs that upstream releases. */
export const releasedNames = Object.keys(releases) as ReleasedName[];

/**
 * Where upstream releases a program.
 *
 * @param name of any program
 * @param version of the program's module, as `v1.36.3`
 * @returns undefined where it is released for another system only, or for none
 */
export function releaseOf(name: string, version: string, platform: Platform): Release | undefined {
  return (releases as Partial<Record<string, FindRelease>>)[name]?.(version, platform);
}

/** File of the project with the checksums of releases. */
export const lockFileName = "programs.lock.json";

/**
 * A release's key in programs.lock.json, and its path below `programs/` in a mirror: host and path of its URL, or an image's name, tag and
 * platform.
 */
export function releaseKey(release: Release): string {
  if ("url" in release) return release.url.replace("https://", "");
  const { image, platform } = release;
  return `${image.replace(/:(?=[^/]+$)/, "/")}/${platform.os}-${platform.arch}.tar.gz`;
}

/** Where upstream has the file. @param checksum its SHA-256 as it is recorded */
export function releaseUrl(release: Release, checksum: string): string {
  return "url" in release ? release.url : blobUrl(release.image, checksum);
}

/** The system that this process runs on; undefined for one that nothing is released for. */
export function ownPlatform({ platform, arch } = process): Platform | undefined {
  const own = { os: platform, arch: arch === "x64" ? "amd64" : arch };
  return platforms.find((each) => each.os === own.os && each.arch === own.arch);
}

const installed = createRequire(import.meta.url);

/** Version of an npm package of the project, as "3.270.0". */
export function sdkVersion(name: string): string {
  return (installed(`@pulumi/${name}/package.json`) as { version: string }).version;
}
