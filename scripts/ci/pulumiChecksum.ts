import { readFile } from "node:fs/promises";
import { ArtifactError } from "../../components/artifacts/artifactError.ts";
import { type DownloadOptions, download } from "../../components/artifacts/download.ts";
import { readIfThere, sha256, writeFileAtomically } from "../../components/artifacts/files.ts";

/** What to record, and where. */
export interface PulumiChecksumOptions {
  /** Version of the Pulumi CLI, without `v`. */
  readonly version: string;
  /** The list of the repository. */
  readonly list: string;
  /** Versions whose lines stay besides this one's. */
  readonly keep: readonly string[];
  /** Where the releases are. @default Pulumi's on GitHub */
  readonly releases?: string;
  /** Limits for downloads. */
  readonly download?: DownloadOptions;
}

const head = "# SHA-256 of the Pulumi CLI that the workflows install: npm run pulumi:lock writes it\n";

/** The program is some 150 MB, more than any manifest. */
const maxBytes = 1024 ** 3;

/** The archive of a version that GitHub's runners take; install-pulumi.sh names the same. */
export function pulumiArchive(version: string): string {
  return `pulumi-v${version}-linux-x64.tar.gz`;
}

/**
 * Downloads a version of the Pulumi CLI and records its checksum, which must be the one in the list of its release. After a failure the
 * list is as it was.
 *
 * @returns the checksum
 * @throws ArtifactError when the release cannot be had, or its files, its list and what is recorded do not agree
 */
export async function recordPulumiChecksum(options: PulumiChecksumOptions): Promise<string> {
  const { version, list, keep, releases = "https://github.com/pulumi/pulumi/releases/download" } = options;
  const archive = pulumiArchive(version);
  const release = `${releases}/v${version}`;
  const fetched = async (url: string) => {
    const content = await download(url, { maxBytes, timeLimit: 600_000, ...options.download });
    if (content === undefined) throw new ArtifactError(`there is no ${url}: check the version`);
    return content;
  };
  const published = linesOf(Buffer.from(await fetched(`${release}/pulumi-${version}-checksums.txt`)).toString("utf8"));
  const checksum = sha256(await fetched(`${release}/${archive}`));
  if (published.get(archive) !== checksum) {
    const says = published.get(archive) ?? "nothing";
    throw new ArtifactError(
      `${release}/${archive} has checksum ${checksum}, but its release says ${says}: it is not recorded`,
    );
  }
  const recorded = linesOf((await readIfThere(() => readFile(list, "utf8"))) ?? "");
  const before = recorded.get(archive);
  if (before !== undefined && before !== checksum) {
    throw new ArtifactError(`${release}/${archive} has checksum ${checksum}, but ${list} says ${before}: find out why`);
  }
  const kept = [...recorded].filter(([name]) => keep.some((each) => name === pulumiArchive(each)));
  const lines = [...new Map([...kept, [archive, checksum]])].map(([name, sum]) => `${sum}  ${name}\n`).sort();
  await writeFileAtomically(list, head + lines.join(""));
  return checksum;
}

/** Checksums by file, of lines as `sha256sum` writes them. */
function linesOf(text: string): Map<string, string> {
  const lines = [...text.matchAll(/^([0-9a-f]{64}) [ *](\S+)$/gm)];
  return new Map(lines.map(([, sum = "", name = ""]) => [name, sum]));
}
