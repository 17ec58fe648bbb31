import { sha256 } from "../../artifacts/files.ts";
import type { FileServer } from "./fileServer.ts";

/** A packed chart that a server has. */
interface ServedChart {
  readonly name: string;
  readonly version: string;
  readonly content: Uint8Array;
}

/** Lets a server be a chart repository with one chart, as `helm repo index` describes it. */
export function answerChart(server: FileServer, { name, version, content }: ServedChart, folder: string): void {
  const file = `${name}-${version}.tgz`;
  server.answer(
    `${folder}/index.yaml`,
    `apiVersion: v1
entries:
  another: [{ name: another, version: "${version}", urls: [another.tgz] }]
  ${name}:
    - { name: ${name}, version: 0.0.1, urls: ["${name}-0.0.1.tgz"] }
    - { name: ${name}, version: "${version}", urls: ["${file}"] }
`,
  );
  server.answer(`${folder}/${file}`, content);
}

/** Lets a server be an OCI registry with one chart, which gives it to who asked for a token. Answers with the path of the chart's bytes. */
export function answerRegistryChart(server: FileServer, { name, version, content }: ServedChart): string {
  const digest = `sha256:${sha256(content)}`;
  const blob = `/v2/${name}/blobs/${digest}`;
  const challenge = `Bearer realm="${server.url(`/token`)}",service="registry",scope="repository:${name}:pull"`;
  const forMembers = (path: string, text: string | Uint8Array) => {
    server.answer(path, (response, _attempt, { headers }) => {
      if (headers.authorization === "Bearer given") response.end(text);
      else response.writeHead(401, { "www-authenticate": challenge }).end();
    });
  };
  server.answer(`/token?service=registry&scope=${encodeURIComponent(`repository:${name}:pull`)}`, `{"token":"given"}`);
  const layers = [
    { mediaType: "application/vnd.cncf.helm.chart.provenance.v1.prov", digest: `sha256:${"0".repeat(64)}` },
    { mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", digest },
  ];
  forMembers(`/v2/${name}/manifests/${version.replaceAll("+", "_")}`, JSON.stringify({ schemaVersion: 2, layers }));
  forMembers(blob, content);
  return blob;
}
