import { ports } from "../names.ts";

/**
 * Where a collector, or Jaeger, shows its own metrics. Spelled out because the names depend on it: without these flags the
 * collector's version and the operator's decide whether a counter ends in `_total` and a size in `_bytes`.
 */
export const selfMetrics = {
  metrics: {
    readers: [
      {
        pull: {
          exporter: {
            prometheus: {
              host: "0.0.0.0",
              port: ports.collectorSelf,
              without_type_suffix: false,
              without_units: false,
              without_scope_info: true,
            },
          },
        },
      },
    ],
  },
};
