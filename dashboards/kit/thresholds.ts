import { type Threshold, ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";

/** Where a panel changes its colour; the first step has no value, it starts at the bottom. */
export type Steps = readonly Threshold[];

const [good, warning, bad] = ["green", "orange", "red"];

/** The steps that the dashboards share. */
export const thresholds = {
  /** Always the same colour. */
  none: [{ value: null, color: good }],
  /** A share of failures: 1 % is worth a look, 5 % is bad. */
  errorRatio: [
    { value: null, color: good },
    { value: 0.01, color: warning },
    { value: 0.05, color: bad },
  ],
  /** How many times as fast as allowed a budget was used in three days: 1 and 3 are those of the warnings. */
  burn: [
    { value: null, color: good },
    { value: 1, color: warning },
    { value: 3, color: bad },
  ],
  /** How full something is that must not be full. */
  fill: [
    { value: null, color: good },
    { value: 0.7, color: warning },
    { value: 0.9, color: bad },
  ],
  /** How much is left. */
  left: [
    { value: null, color: bad },
    { value: 0.1, color: warning },
    { value: 0.3, color: good },
  ],
  /** What should never happen. */
  zero: [
    { value: null, color: good },
    { value: 1e-9, color: bad },
  ],
  /** 1 is well, 0 is not. */
  present: [
    { value: null, color: bad },
    { value: 1, color: good },
  ],
  /** Seconds of a request. */
  duration: [
    { value: null, color: good },
    { value: 0.5, color: warning },
    { value: 1, color: bad },
  ],
  /** Seconds until a certificate ends: cert-manager renews long before, so two weeks are already late. */
  expiry: [
    { value: null, color: bad },
    { value: 7 * 86_400, color: warning },
    { value: 14 * 86_400, color: good },
  ],
} as const satisfies Record<string, Steps>;

/** Steps for a size with a limit: 70 and 90 % of it. */
export function limitSteps(limit: number): Steps {
  return [
    { value: null, color: good },
    { value: limit * 0.7, color: warning },
    { value: limit * 0.9, color: bad },
  ];
}

/** The steps as Grafana's model has them. */
export function thresholdsConfig(steps: Steps): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...steps]);
}
