import type { BundleChart } from "../../artifacts/artifacts.ts";

/** A release manifest that was wrapped as a chart, as far as components look at it. */
export function wrappedChart(name: string): BundleChart {
  return {
    name,
    version: "v1.0.0",
    path: `.artifacts/charts/${name}-v1.0.0-0123456789ab`,
    values: { crdPolicy: "keep" },
    mutatingWebhookConfigurations: ["mutating"],
    validatingWebhookConfigurations: ["validating"],
  };
}
