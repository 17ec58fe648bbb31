/** What the page's sources answer: a little of everything that it draws. */

const labels = { service_name: "shop", k8s_namespace_name: "shop", job: "shop", le: "0.5" };
const traceID = "ab".repeat(16);
const span = {
  ...{ traceID, spanID: "cd".repeat(8), operationName: "GET /items", references: [], processID: "p1" },
  ...{ startTime: Date.now() * 1000, duration: 20_000, logs: [] },
  tags: [
    { key: "http.request.method", type: "string", value: "GET" },
    { key: "error", type: "bool", value: true },
  ],
};
const trace = {
  traceID,
  spans: [span],
  processes: { p1: { serviceName: "shop", tags: [{ key: "k8s.pod.name", value: "shop-1" }] } },
};
const rule = {
  ...{ name: "ServiceErrorBudgetBurn", type: "alerting", state: "firing", query: "up", duration: 60, labels },
  annotations: { summary: "shop fails", runbook_url: "https://runbook.example.org/" },
  alerts: [{ state: "firing", activeAt: new Date().toISOString(), labels, annotations: { summary: "shop fails" } }],
};

/** The answer to a request. */
export function pageSources({ pathname, searchParams }: URL): object {
  if (pathname === "/api/services") return { data: ["shop"] };
  if (pathname.startsWith("/api/traces")) return { data: [trace] };
  if (pathname === "/api/v1/rules")
    return { status: "success", data: { groups: [{ name: "services", rules: [rule] }] } };
  if (pathname === "/api/v1/query_exemplars") return { status: "success", data: [] };
  if (pathname.startsWith("/api/v1/label/")) return { status: "success", data: ["shop"] };
  if (pathname === "/api/v1/query") {
    const result = [{ metric: labels, value: [Date.now() / 1000, "1"] }];
    return { status: "success", data: { resultType: "vector", result } };
  }
  const [start, end, step] = ["start", "end", "step"].map((name) => Number(searchParams.get(name)));
  const values = [];
  for (let at = start ?? 0; at <= (end ?? 0); at += step ?? 60) values.push([at, "1"]);
  return { status: "success", data: { resultType: "matrix", result: [{ metric: labels, values }] } };
}
