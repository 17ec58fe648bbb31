import type { AlertCase } from "../alertCase.ts";
import { failing, growth, longPast, metric, past, type Segment, situations } from "./traffic.ts";

const errors = {
  series: (service: string, bad: readonly Segment[]) => {
    const labels = `service_name="${service}",k8s_namespace_name="shop",k8s_pod_name="pod-1"`;
    return {
      [`${metric}_count{${labels},http_response_status_code="200"}`]: growth(bad, (part) => 1 - part),
      [`${metric}_count{${labels},http_response_status_code="502"}`]: growth(bad, (part) => part),
    };
  },
  alert: failing,
};

/** The objective is 99.5 %: the critical one wants 7.2 % within an hour or 3 % within six, the warning 1.5 % or 0.5 %. */
export const errorBudget: AlertCase[] = [
  situations(errors, "after an hour", "75m", {
    "7.5-percent-fail": { bad: [past, [0.075, 65]], critical: "7.5%", warning: "1.336%" },
    "6.7-percent-fail": { bad: [past, [8 / 120, 65]], warning: "1.187%" },
    "less-failed-before": { bad: [past, [0.062, 59], [0.1, 6]], warning: "1.167%" },
    "much-failed-and-7.5-percent-do": { bad: [longPast, [0.5, 57], [0.075, 8]], critical: "44.33%", warning: "2.732%" },
    "much-failed-and-6.7-percent-do": { bad: [longPast, [0.5, 57], [8 / 120, 8]], warning: "2.726%" },
    "failed-until-ten-minutes-ago": { bad: [past, [0.15, 55], [0, 10]], warning: "2.26%" },
    "3.3-percent-fail": { bad: [[4 / 120, 75]], critical: "3.333%", warning: "3.333%" },
    "2.5-percent-fail": { bad: [[3 / 120, 75]], warning: "2.5%" },
    "much-failed-and-3.3-percent-do": {
      bad: [
        [0.2, 10, 3600],
        [4 / 120, 65],
      ],
      critical: "17.03%",
      warning: "17.03%",
    },
    "much-failed-and-2.5-percent-do": {
      bad: [
        [0.2, 10, 3600],
        [3 / 120, 65],
      ],
      warning: "16.88%",
    },
    // What these two promise is in the rules' settings: orders-api promises 99.9 %.
    "orders-api": { bad: [past, [0.02, 65]], critical: "2%", warning: "0.3562%" },
    "python-api": { bad: [past, [0.02, 65]] },
    "five-of-an-hour-fail": {
      bad: [
        [0, 10, 1000],
        [0.08, 8, 0.02],
        [0.08, 20, 3.4],
        [0.08, 37, 0.02],
      ],
      critical: "8%",
    },
    "four-of-an-hour-fail": {
      bad: [
        [0, 10, 1000],
        [0.08, 8, 0.02],
        [0.08, 20, 2.75],
        [0.08, 37, 0.02],
      ],
    },
    "five-of-all-fail": {
      bad: [
        [0.04, 20, 6.5],
        [0.04, 55, 0.02],
      ],
      critical: "4%",
      warning: "4%",
    },
    "four-of-all-fail": {
      bad: [
        [0.04, 20, 5.5],
        [0.04, 55, 0.02],
      ],
    },
    "nobody-asks": { bad: [[1, 75, 0]] },
  }),
  situations(errors, "12 minutes after the first request", "12m", {
    shop: {
      bad: [
        [0, 10],
        [1, 30],
      ],
    },
  }),
  situations(errors, "14 minutes after it", "14m", {
    shop: {
      bad: [
        [0, 10],
        [1, 30],
      ],
      critical: "28.57%",
    },
  }),
  situations(errors, "24 minutes after it", "24m", {
    shop: {
      bad: [
        [0, 10],
        [1, 30],
      ],
      critical: "58.33%",
    },
  }),
  situations(errors, "forty minutes after it", "40m", {
    shop: {
      bad: [
        [0, 10],
        [1, 30],
      ],
      critical: "75%",
      warning: "75%",
    },
  }),
  situations(
    errors,
    "after a day",
    "25h30m",
    {
      "1.7-percent-fail-after-a-busy-hour": {
        bad: [
          [0, 6, 1e6],
          [2 / 120, 147],
        ],
        warning: "1.667%",
      },
      "less-failed-before": {
        bad: [
          [0, 6, 1e6],
          [1.6 / 120, 130],
          [2.4 / 120, 17],
        ],
      },
      "less-fail-now": {
        bad: [
          [0, 6, 1e6],
          [2 / 120, 130],
          [1.6 / 120, 17],
        ],
      },
      "0.6-percent-fail": { bad: [[0.006, 153, 1000]], warning: "0.6%" },
      "0.4-percent-fail": { bad: [[0.004, 153, 1000]] },
      "much-failed-and-0.6-percent-do": {
        bad: [
          [0.05, 113],
          [0.006, 40, 1000],
        ],
        warning: "1.714%",
      },
      "much-failed-and-0.45-percent-do": {
        bad: [
          [0.05, 113],
          [0.0045, 40, 1000],
        ],
      },
      "little-failed-and-0.6-percent-do": {
        bad: [
          [0.0042, 113, 1000],
          [0.006, 40, 1000],
        ],
      },
      "failed-yesterday": {
        bad: [
          [0.2, 6],
          [0, 147],
        ],
      },
      "five-of-a-day-fail": {
        bad: [
          [0, 6, 1e6],
          [0.02, 5, 0.02],
          [0.02, 40, 6.3],
          [0.02, 102, 0.02],
        ],
        warning: "2%",
      },
      "four-of-a-day-fail": {
        bad: [
          [0, 6, 1e6],
          [0.02, 5, 0.02],
          [0.02, 40, 5.5],
          [0.02, 102, 0.02],
        ],
      },
      "five-of-all-fail": {
        bad: [
          [0.006, 40, 22],
          [0.006, 113, 0.02],
        ],
        warning: "0.6%",
      },
      "four-of-all-fail": {
        bad: [
          [0.006, 40, 18],
          [0.006, 113, 0.02],
        ],
      },
    },
    "10m",
  ),
];
