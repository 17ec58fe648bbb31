import { everyAddress, ports } from "../../catalog/names.ts";

/**
 * How a collector shows its own metrics, for the collector and for Jaeger v2. All of it is said, since what a collector
 * takes for granted changed between its versions: with the suffixes the names are those that Prometheus' conventions want
 * (`otelcol_exporter_sent_spans_total`), and the rules and dashboards use these.
 */
export const selfTelemetry = {
  metrics: {
    readers: [
      {
        pull: {
          exporter: {
            prometheus: {
              host: everyAddress,
              port: ports.collectorSelf,
              without_scope_info: true,
              without_type_suffix: false,
              without_units: false,
            },
          },
        },
      },
    ],
  },
};
