import type { Settings } from "./schema.ts";

/** What counts with storage `elasticsearch` only, each a text. */
const texts = ["elasticsearchUrl", "elasticsearchSecret", "elasticsearchCaSecret", "elasticsearchIndexPrefix"] as const;

/** What is wrong between the settings of Jaeger on Elasticsearch and others, as `[key, problem]`. */
export function elasticsearchConflicts(
  settings: Pick<Settings, "jaeger" | "jaegerEngine" | "parts">,
): [string, string][] {
  const found = settings.parts.jaeger ? storeConflicts(settings.jaeger) : [];
  return [...found, ...retentionConflicts(settings)].map(([key, problem]) => [`jaeger.${key}`, problem]);
}

function storeConflicts(jaeger: Settings["jaeger"]): [string, string][] {
  const { storage, elasticsearchUrl, elasticsearchCaSecret } = jaeger;
  if (storage !== "elasticsearch") {
    const unused = texts.filter((key) => jaeger[key] !== "");
    return unused.map((key) => [
      key,
      `is set, but jaeger.storage is ${storage}: set that to elasticsearch, or leave it empty`,
    ]);
  }
  if (elasticsearchUrl === "") {
    return [["elasticsearchUrl", "is empty, but jaeger.storage is elasticsearch: set it to the URL of the cluster"]];
  }
  if (elasticsearchCaSecret !== "" && elasticsearchUrl.startsWith("http://")) {
    const why = "but jaeger.elasticsearchUrl is http, where nothing has a certificate";
    return [["elasticsearchCaSecret", `is set, ${why}; use https, or leave it empty`]];
  }
  return [];
}

function retentionConflicts({ jaeger, jaegerEngine }: Pick<Settings, "jaeger" | "jaegerEngine">): [string, string][] {
  const { storage, elasticsearchRetentionDays: days, elasticsearchIndexPrefix } = jaeger;
  if (days === 0) return [];
  if (jaegerEngine !== "operator" || storage !== "elasticsearch") {
    const needed = "must be 0 unless jaegerEngine is operator and jaeger.storage elasticsearch";
    return [["elasticsearchRetentionDays", `is ${days}: ${needed}`]];
  }
  if (elasticsearchIndexPrefix !== "") return [];
  const lost = "the indices of every Jaeger there would be deleted";
  return [["elasticsearchRetentionDays", `is ${days}, but jaeger.elasticsearchIndexPrefix is empty: ${lost}`]];
}
