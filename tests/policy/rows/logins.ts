import { collector, deployment, type Inputs, row, type Row } from "./row.ts";

const urls = row("urls-hold-no-login");

const env = (value: string) => deployment({ env: [{ name: "UPSTREAM_URL", value }] });
const args = (value: string) => deployment({ args: ["--verbose", value] });
const says = (path: string, scheme: string) => `${path} holds a URL (${scheme}) with a login: refer to a Secret`;
const container = "spec.template.spec.containers[0]";
const exporter = (endpoint: string) => collector({ config: { exporters: { otlp_http: { endpoint } } } });
const dataSource = (url: string): Inputs => ({ kind: "GrafanaDatasource", spec: { datasource: { url } } });
const release = (repo: string): Inputs => ({ chart: "example", repositoryOpts: { repo } });

/** Logins inside URLs, and URLs that hold none. */
export const loginRows: Readonly<Record<string, Row>> = {
  "a password inside a URL": urls(
    env("postgres://api:example-p@ssword@db:5432/api"),
    env("postgres://api:$(DB_PASSWORD)@db:5432/api"),
    says(`${container}.env[0].value`, "postgres"),
  ),
  "a password without a user inside a URL": urls(
    env("redis://:example@cache:6379"),
    env("redis://cache:6379"),
    says(`${container}.env[0].value`, "redis"),
  ),
  "a token inside a URL of an argument": urls(
    args("--remote=https://example-token@git.example.org/api"),
    args("--remote=ssh://git@git.example.org/api"),
    says(`${container}.args[1]`, "https"),
  ),
  "a login inside the second URL of a text": urls(
    { kind: "ConfigMap", data: { "app.conf": "a http://a.example.org\nb http://b:example@b.example.org" } },
    { kind: "ConfigMap", data: { "app.conf": "a http://a.example.org?to=b@example.org\nb http://b.example.org/b@c" } },
    says("data.app.conf", "http"),
  ),
  "a login inside a Collector's configuration": urls(
    exporter("https://api:example@backend.example.org"),
    exporter("https://${env:LOGIN_USER}:${env:LOGIN_PASSWORD}@backend.example.org"),
    says("spec.config.exporters.otlp_http.endpoint", "https"),
  ),
  "a login inside a data source": urls(
    dataSource("http://grafana:example@prometheus:9090"),
    dataSource("http://$__env{LOGIN}@prometheus:9090"),
    says("spec.datasource.url", "http"),
  ),
  "a login inside an annotation": urls(
    { ...deployment({}), metadata: { annotations: { source: "https://api:example@git.example.org" } } },
    { kind: "Secret", stringData: { url: "https://api:example@git.example.org" } },
    says("metadata.annotations.source", "https"),
  ),
  "a login inside a release's repository": {
    ...urls(
      release("https://reader:example@charts.example.org"),
      release("https://charts.example.org"),
      says("repositoryOpts.repo", "https"),
    ),
    type: "kubernetes:helm.sh/v3:Release",
  },
};
