/** The setting `parts` with some of them off. */
export const off = (...parts: string[]) => JSON.stringify(Object.fromEntries(parts.map((part) => [part, false])));

/** Parts that are switched off one by one, with what then has to be said about them. */
export const switchedOff: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  certManager: {},
  metricsServer: {},
  jaeger: { jaeger: { endpoint: "jaeger.example.org:4317", url: "https://jaeger.example.org" } },
  logs: {},
  grafana: {},
  clusterMetrics: {},
  sampleApi: {},
};

const elasticsearch = JSON.stringify({
  storage: "elasticsearch",
  elasticsearchUrl: "https://elasticsearch.example.org:9200",
  elasticsearchSecret: "elasticsearch-login",
  elasticsearchCaSecret: "elasticsearch-ca",
});

const host = "smtp.example.org";
const receivers = {
  chat: { type: "slack", channel: "#alerts" },
  team: { type: "teams" },
  hook: { type: "webhook", secret: { name: "hook", key: "url" } },
  pager: { type: "pagerduty" },
  mail: { type: "email", to: `ops@${host}`, from: `alerts@${host}`, smarthost: `${host}:587`, username: "alerts" },
};

const hosts = {
  grafana: "grafana.example.org",
  prometheus: "prometheus.example.org",
  alertmanager: "alertmanager.example.org",
  jaeger: "jaeger.example.org",
  logs: "logs.example.org",
};
const oidc = {
  ...{ issuerUrl: "https://login.example.org/realms/company", clientId: "observability", clientSecret: "oidc-client" },
  ...{ groups: ["observability"], grafanaAdmins: ["platform"], grafanaEditors: ["developers"] },
  authorizationUrl: "https://login.example.org/realms/company/auth",
  tokenUrl: "https://login.example.org/realms/company/token",
  userInfoUrl: "https://login.example.org/realms/company/userinfo",
};

/** A database of the site, for Grafana. */
const siteDatabase = {
  ...{ type: "mysql", host: "mysql.example.org:3306", secret: "grafana-database", caSecret: "grafana-database-ca" },
};

/** Configurations that make the program register other resources, by what they are. */
export const variants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "the defaults": {},
  "engine operator": { jaegerEngine: "operator" },
  "without cert-manager and the Prometheus operator": { parts: off("certManager", "prometheusOperator") },
  "engine operator, without cert-manager": { parts: off("certManager"), jaegerEngine: "operator" },
  "without Jaeger": {
    parts: off("jaeger"),
    jaeger: JSON.stringify({ endpoint: "jaeger.example.org:4317", url: "https://jaeger.example.org" }),
  },
  "without metrics of the cluster": { parts: off("clusterMetrics") },
  "without Grafana": { parts: off("grafana") },
  "without logs": { parts: off("logs") },
  "logs elsewhere": {
    logs: JSON.stringify({ otlpEndpoint: "https://logs.example.org/otlp", url: "https://logs.example.org" }),
  },
  "without metrics-server and the sample API": { parts: off("metricsServer", "sampleApi") },
  "tail sampling": {
    collector: JSON.stringify({ tailSampling: { enabled: true } }),
    instrumentation: JSON.stringify({ samplingRatio: 1 }),
    networkPolicies: JSON.stringify({ enabled: true }),
  },
  "TLS inside": {
    tls: JSON.stringify({ internal: true, applications: true, applicationNamespaces: ["orders"] }),
    collector: JSON.stringify({ tailSampling: { enabled: true } }),
    instrumentation: JSON.stringify({ samplingRatio: 1 }),
    networkPolicies: JSON.stringify({ enabled: true }),
  },
  "hosts behind oauth2-proxy": {
    access: JSON.stringify({
      ...{ gateway: "gateways/public/https", issuer: "ClusterIssuer/letsencrypt", authentication: "oauth2-proxy" },
      hosts,
    }),
    oidc: JSON.stringify(oidc),
  },
  "hosts behind an Ingress controller that asks for a login": {
    access: JSON.stringify({ ingressClass: "nginx", issuer: "self-signed", authentication: "gateway", hosts }),
  },
  "bounds of what APIs' namespaces take": { apiNamespaces: JSON.stringify({ cpu: "4", memory: "8Gi", pods: 20 }) },
  "Grafana in a database of the site": {
    grafana: JSON.stringify({ replicas: 2, database: siteDatabase }),
  },
  "shards of Prometheus": {
    prometheus: JSON.stringify({
      ...{ replicas: 2, shards: 2, volumeSize: "20Gi", queryUrl: "https://metrics.example.org/prometheus" },
      remoteWrite: [{ url: "https://metrics.example.org/api/v1/write", tokenSecret: "metrics" }],
    }),
  },
  "receivers of alerts": {
    alertmanager: JSON.stringify({
      receivers,
      routes: Object.keys(receivers).map((receiver) => ({ receiver })),
      deadMansSwitch: "hook",
    }),
    alertSecrets: JSON.stringify({ chat: "https://chat", team: "https://team", pager: "key", mail: "password" }),
  },
};

/** Configurations that change the content of the resources, by what they are. */
export const contentVariants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "Jaeger on Badger": { jaeger: JSON.stringify({ storage: "badger" }) },
  "Jaeger on Elasticsearch": { jaeger: elasticsearch },
  "engine operator on Elasticsearch": { jaegerEngine: "operator", jaeger: elasticsearch },
  "a Collector that grows with its load, and takes from browsers": {
    collector: JSON.stringify({ maxReplicas: 5, corsOrigins: ["https://*.example.org"] }),
  },
  "samples elsewhere too": {
    prometheus: JSON.stringify({
      remoteWrite: [
        { url: "https://a.example.org/api/v1/write", basicAuthSecret: "a-login", caSecret: "a-ca" },
        { url: "https://b.example.org/api/v1/write", tokenSecret: "b-token" },
      ],
    }),
  },
  "volumes, replicas and debug output": {
    collector: JSON.stringify({ replicas: 3, debug: true }),
    prometheus: JSON.stringify({ replicas: 2, volumeSize: "20Gi" }),
    alertmanager: JSON.stringify({ replicas: 3, volumeSize: "1Gi" }),
    grafana: JSON.stringify({ volumeSize: "1Gi" }),
  },
};
