import { resourceRequirements } from "../../catalog/containerResources.ts";
import { images } from "../../catalog/versions.ts";
import type { EnvVar, Volume, VolumeMount } from "../customResources/common.ts";
import type { JaegerSpec } from "../customResources/jaeger.ts";
import type { Settings } from "../../settings/read.ts";
import { caKey } from "../tls/tlsFiles.ts";
import { secretVolume } from "../kubernetes/secretVolume.ts";

type Jaeger = Settings["jaeger"];
type IndexCleaner = NonNullable<JaegerSpec["storage"]["esIndexCleaner"]>;

/** The keys of the Secret that the setting `jaeger.elasticsearchSecret` names. */
const [usernameKey, passwordKey] = ["ES_USERNAME", "ES_PASSWORD"];

/** Where a pod has the password and the CA of Elasticsearch, each of a Secret of its own. */
const folders = { login: "/elasticsearch-login", ca: "/elasticsearch-ca" };

/** Elasticsearch or OpenSearch as a storage backend of Jaeger v2. */
export function elasticsearchBackend(settings: Jaeger): Record<string, unknown> {
  const { elasticsearchUrl, elasticsearchSecret, elasticsearchCaSecret, elasticsearchIndexPrefix } = settings;
  return {
    server_urls: [elasticsearchUrl],
    ...(elasticsearchIndexPrefix === "" ? {} : { indices: { index_prefix: elasticsearchIndexPrefix } }),
    ...(elasticsearchSecret === "" ? {} : { auth: { basic: basicAuth } }),
    ...(elasticsearchCaSecret === "" ? {} : { tls: { ca_file: `${folders.ca}/${caKey}` } }),
  };
}

/**
 * No value stands in the custom resource. A variable's value is parsed as YAML and expanded: the password 0123 would be a number, and
 * `$$` one `$`. A file is taken as it is, and read again when the Secret changes. There is none for the user name: beside a variable that
 * is never set, its variable counts as text.
 */
const basicAuth = {
  username: `\${env:${usernameKey}}\${env:ES_NOTHING:-}`,
  password_file: `${folders.login}/${passwordKey}`,
  reload_interval: "1s",
};

/** Variables of Jaeger v2's container. */
export function elasticsearchEnv({ storage, elasticsearchSecret }: Jaeger): EnvVar[] {
  if (storage !== "elasticsearch" || elasticsearchSecret === "") return [];
  return [{ name: usernameKey, valueFrom: { secretKeyRef: { name: elasticsearchSecret, key: usernameKey } } }];
}

/** Files of Jaeger v2's container. */
export function elasticsearchFiles(settings: Jaeger): { volumes: Volume[]; volumeMounts: VolumeMount[] } {
  if (settings.storage !== "elasticsearch") return { volumes: [], volumeMounts: [] };
  const files = [
    secretFile("login", settings.elasticsearchSecret, passwordKey),
    secretFile("ca", settings.elasticsearchCaSecret, caKey),
  ];
  return {
    volumes: files.flatMap(({ volumes }) => volumes),
    volumeMounts: files.flatMap(({ volumeMounts }) => volumeMounts),
  };
}

/** One key of a Secret as a file, where a Secret is named. */
function secretFile(
  what: keyof typeof folders,
  secretName: string,
  key: string,
): { volumes: Volume[]; volumeMounts: VolumeMount[] } {
  if (secretName === "") return { volumes: [], volumeMounts: [] };
  const name = `elasticsearch-${what}`;
  return {
    volumes: [secretVolume(name, secretName, key)],
    volumeMounts: [{ name, mountPath: folders[what], readOnly: true }],
  };
}

/**
 * Elasticsearch or OpenSearch as the storage of Jaeger v1. What stands in `volumes` counts for the job that deletes old indices too.
 *
 * @param jobPod account and security of the job's pod
 */
export function elasticsearchV1(
  settings: Jaeger,
  jobPod: Partial<IndexCleaner>,
): Pick<JaegerSpec, "storage" | "volumes" | "volumeMounts"> {
  const { elasticsearchUrl, elasticsearchSecret, elasticsearchCaSecret, elasticsearchIndexPrefix } = settings;
  const ca = secretFile("ca", elasticsearchCaSecret, caKey);
  return {
    storage: {
      type: "elasticsearch",
      options: {
        es: {
          "server-urls": elasticsearchUrl,
          ...(elasticsearchIndexPrefix === "" ? {} : { "index-prefix": elasticsearchIndexPrefix }),
          ...(elasticsearchCaSecret === "" ? {} : { "tls.enabled": "true", "tls.ca": `${folders.ca}/${caKey}` }),
        },
      },
      ...(elasticsearchSecret === "" ? {} : { secretName: elasticsearchSecret }),
      esIndexCleaner: indexCleaner(settings, jobPod),
      dependencies: { enabled: false },
    },
    ...(elasticsearchCaSecret === "" ? {} : ca),
  };
}

/**
 * The operator makes both jobs unless told otherwise: one deletes what is older than seven days, of any Jaeger whose indices have the
 * prefix, the other reads all traces of a day.
 */
function indexCleaner({ elasticsearchRetentionDays }: Jaeger, jobPod: Partial<IndexCleaner>): IndexCleaner {
  if (elasticsearchRetentionDays === 0) return { enabled: false };
  return {
    enabled: true,
    numberOfDays: elasticsearchRetentionDays,
    image: images.jaegerIndexCleaner,
    ...jobPod,
    resources: resourceRequirements({ cpu: "50m", memory: "64Mi", memoryLimit: "256Mi" }),
  };
}
