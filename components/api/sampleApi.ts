import * as pulumi from "@pulumi/pulumi";
import type { PythonInjectionArgs } from "./pythonInjection.ts";
import type { InjectionArgs } from "./injection.ts";
import { InstrumentedApi } from "./instrumentedApi.ts";
import { namespaces, ports, resources, sampleApiSitePackages } from "../../catalog/names.ts";
import { sampleApiResources } from "../../settings/apiNamespaces.ts";
import type { Settings } from "../../settings/read.ts";

/** How its image is injected. */
export const sampleApiInjection: PythonInjectionArgs = {
  sitePackages: [sampleApiSitePackages],
  // What it is made of, and what the dashboards show of a process: all others would cost start-up and memory.
  instrumentations: ["fastapi", "httpx", "system_metrics"],
};

/** What SampleApi needs. */
export interface SampleApiArgs {
  readonly settings: Settings["sampleApi"];
  /** Secrets that its pods pull with. @default [] */
  readonly pullSecrets?: readonly string[];
  /** Which Instrumentation its pods ask for. */
  readonly instrumentation: Pick<InjectionArgs, "instrumentation" | "instrumentationHash">;
}

/** The FastAPI `python-api`, which holds no telemetry code. */
export class SampleApi extends pulumi.ComponentResource {
  constructor(name: string, args: SampleApiArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:index:SampleApi", name, {}, opts);
    const { image, replicas, upstreamUrl } = args.settings;
    new InstrumentedApi(
      resources.sampleApi,
      {
        name: resources.sampleApi,
        namespace: namespaces.sampleApi,
        image,
        pullSecrets: args.pullSecrets ?? [],
        port: ports.sampleApi,
        injection: {
          language: "python",
          ...args.instrumentation,
          python: sampleApiInjection,
        },
        replicas,
        resources: sampleApiResources,
        upstreams: { UPSTREAM_URL: upstreamUrl },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
