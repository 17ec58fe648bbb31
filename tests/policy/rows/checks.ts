import { collector, deployment, goodContainer, grafanaContainer, jaeger, resources, row, type Row } from "./row.ts";

const images = row("images-are-pinned");
const sizes = row("containers-have-resources");
const probes = row("workloads-have-probes");
const environment = row("environment-holds-no-secret");

const password = { name: "DB_PASSWORD", value: "x" };
const referred = { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } };
const plain = (owner: string) => `container ${owner} holds DB_PASSWORD as plain text: refer to a Secret`;

/** What containers, and the objects that operators make containers from, are refused for. */
export const checkRows: Readonly<Record<string, Row>> = {
  "the tag latest": images(
    deployment({ image: "api:latest" }),
    deployment({ image: `api@sha256:${"0".repeat(64)}` }),
    "image api:latest has no fixed tag or digest",
  ),
  "no tag, behind a port": images(
    deployment({ image: "localhost:5005/api" }),
    deployment({ image: "localhost:5005/api:1" }),
    "image localhost:5005/api has no fixed tag or digest",
  ),
  "an image of an operator's object": images(
    collector({ image: "collector" }),
    collector({}),
    "image collector has no fixed tag or digest",
  ),
  "no limit": sizes(
    deployment({ resources: { requests: resources.requests } }),
    deployment({}),
    "container api has no memory limit",
  ),
  "no requests": sizes(
    deployment({ resources: { limits: resources.limits } }),
    deployment({}),
    "container api requests no cpu",
    "container api requests no memory",
  ),
  "no requests of an operator's object": sizes(
    collector({ resources: { limits: resources.limits } }),
    collector({}),
    "container OpenTelemetryCollector requests no cpu",
    "container OpenTelemetryCollector requests no memory",
  ),
  "no limit of Jaeger v1": sizes(
    jaeger({ resources: { requests: resources.requests } }),
    jaeger({}),
    "container Jaeger has no memory limit",
  ),
  "an init container without limit": sizes(
    deployment(
      {},
      { initContainers: [{ ...goodContainer, name: "init", resources: { requests: resources.requests } }] },
    ),
    deployment({}, { initContainers: [{ ...goodContainer, name: "init" }] }),
    "container init has no memory limit",
  ),
  "no liveness probe": probes(
    deployment({ livenessProbe: undefined }),
    deployment({}),
    "container api has no livenessProbe",
  ),
  "no readiness probe": probes(
    { ...deployment({ readinessProbe: undefined }), kind: "StatefulSet" },
    { ...deployment({}), kind: "StatefulSet" },
    "container api has no readinessProbe",
  ),
  "a plain secret": environment(deployment({ env: [password] }), deployment({ env: [referred] }), plain("api")),
  "a plain secret of an operator's object": environment(
    collector({ env: [password] }),
    collector({ env: [referred] }),
    plain("OpenTelemetryCollector"),
  ),
  "no memory limit of Grafana": sizes(
    grafanaContainer({ resources: { requests: resources.requests } }),
    grafanaContainer({}),
    "container grafana has no memory limit",
  ),
  "a plain secret by a short name, beside a secret's file": environment(
    deployment({ env: [{ name: "DB_PASSWD", value: "/services/hunter2" }] }),
    deployment({ env: [{ name: "DB_PASSWORD_FILE", value: "/run/secrets/db" }] }),
    "container api holds DB_PASSWD as plain text: refer to a Secret",
  ),
  "a plain secret of Grafana": environment(
    grafanaContainer({ env: [password] }),
    grafanaContainer({ env: [referred] }),
    plain("grafana"),
  ),
};
