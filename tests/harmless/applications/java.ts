import type { Application } from "../../../review/injection/application.ts";

/** Java applications. */
export const javaApplications: readonly Application[] = [
  {
    name: "server of the JDK",
    language: "java",
    kind: "server",
    command: ({ runtime, program }) => [runtime, "-cp", program("classes"), "Server"],
    annotationIsEnough: true,
    injection: {},
    paths: ["/ok", "/warn", "/boom"],
    ready: { line: /^listening$/, count: 1 },
    requests: { kind: "server", count: 3 },
    everyCollector: true,
  },
];
