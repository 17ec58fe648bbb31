import { type AlertCase, counter } from "../alertCase.ts";
import { growth, late, longPast, metric, past, type Segment, situations } from "./traffic.ts";

const latency = {
  series: (service: string, bad: readonly Segment[]) => {
    const labels = `service_name="${service}",k8s_namespace_name="shop",http_response_status_code="200"`;
    const all = growth(bad, () => 1);
    // orders-api promises an answer within a second. What another bound says must not matter.
    const [bound, other, others] = service === "orders-api" ? ["1.0", "0.5", counter([0, 1])] : ["0.5", "1.0", all];
    return {
      [`${metric}_count{${labels}}`]: all,
      [`${metric}_bucket{${labels},le="${bound}"}`]: growth(bad, (part) => 1 - part),
      [`${metric}_bucket{${labels},le="${other}"}`]: others,
    };
  },
  alert: late,
};

/** The objective is 99 % within half a second: 14.4 % within an hour, 6 % within six; 3 % or 1 % for the warning. */
export const latencyBudget: AlertCase[] = [
  situations(latency, "after an hour", "75m", {
    "15-percent-are-late": { bad: [past, [0.15, 65]], critical: "15%", warning: "2.671%" },
    "14-percent-are-late": { bad: [past, [0.14, 65]], warning: "2.493%" },
    "less-were-late-before": { bad: [past, [0.13, 59], [0.2, 6]], warning: "2.43%" },
    "many-were-late-and-15-percent-are": {
      bad: [longPast, [0.5, 57], [0.15, 8]],
      critical: "45.33%",
      warning: "2.789%",
    },
    "many-were-late-and-14-percent-are": { bad: [longPast, [0.5, 57], [0.14, 8]], warning: "2.781%" },
    "late-until-ten-minutes-ago": { bad: [past, [0.3, 55], [0, 10]], warning: "4.521%" },
    "6.5-percent-are-late": { bad: [[0.065, 75, 200]], critical: "6.5%", warning: "6.5%" },
    "fewer-were-late-before-6.5-percent": {
      bad: [
        [0.045, 45, 200],
        [0.065, 30, 200],
      ],
      warning: "5.3%",
    },
    "5.5-percent-are-late": { bad: [[0.055, 75, 200]], warning: "5.5%" },
    "many-were-late-and-6.5-percent-are": {
      bad: [
        [0.2, 10, 3600],
        [0.065, 65],
      ],
      critical: "17.6%",
      warning: "17.6%",
    },
    "many-were-late-and-5.5-percent-are": {
      bad: [
        [0.2, 10, 3600],
        [0.055, 65],
      ],
      warning: "17.42%",
    },
    "orders-api": { bad: [past, [0.15, 65]], critical: "15%", warning: "2.671%" },
    "five-of-an-hour-are-late": {
      bad: [
        [0, 10, 1000],
        [0.16, 8, 0.02],
        [0.16, 20, 1.575],
        [0.16, 37, 0.02],
      ],
      critical: "16%",
    },
    "four-of-an-hour-are-late": {
      bad: [
        [0, 10, 1000],
        [0.16, 8, 0.02],
        [0.16, 20, 1.375],
        [0.16, 37, 0.02],
      ],
    },
    "five-of-all-are-late": {
      bad: [
        [0.08, 20, 3.15],
        [0.08, 55, 0.02],
      ],
      critical: "8%",
      warning: "8%",
    },
    "four-of-all-are-late": {
      bad: [
        [0.08, 20, 2.75],
        [0.08, 55, 0.02],
      ],
    },
  }),
  situations(latency, "12 minutes after the first request", "12m", {
    shop: {
      bad: [
        [0, 10],
        [1, 30],
      ],
    },
  }),
  situations(latency, "14 minutes after it", "14m", {
    shop: {
      bad: [
        [0, 10],
        [1, 30],
      ],
      critical: "28.57%",
    },
  }),
  situations(latency, "24 minutes after it", "24m", {
    shop: {
      bad: [
        [0, 10],
        [1, 30],
      ],
      critical: "58.33%",
    },
  }),
  situations(latency, "forty minutes after it", "40m", {
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
    latency,
    "after a day",
    "25h30m",
    {
      "3.3-percent-are-late-after-a-busy-hour": {
        bad: [
          [0, 6, 1e6],
          [4 / 120, 147],
        ],
        warning: "3.333%",
      },
      "less-were-late-before": {
        bad: [
          [0, 6, 1e6],
          [3.2 / 120, 130],
          [4.8 / 120, 17],
        ],
      },
      "less-are-late-now": {
        bad: [
          [0, 6, 1e6],
          [4 / 120, 130],
          [3.2 / 120, 17],
        ],
      },
      "1.2-percent-are-late": { bad: [[0.012, 153, 1000]], warning: "1.2%" },
      "0.8-percent-are-late": { bad: [[0.008, 153, 1000]] },
      "many-were-late-and-1.2-percent-are": {
        bad: [
          [0.1, 113],
          [0.012, 40, 1000],
        ],
        warning: "3.428%",
      },
      "many-were-late-and-0.9-percent-are": {
        bad: [
          [0.1, 113],
          [0.009, 40, 1000],
        ],
      },
      "few-were-late-and-1.2-percent-are": {
        bad: [
          [0.0084, 113, 1000],
          [0.012, 40, 1000],
        ],
      },
      "late-yesterday": {
        bad: [
          [0.4, 6],
          [0, 147],
        ],
      },
      "five-of-a-day-are-late": {
        bad: [
          [0, 6, 1e6],
          [0.04, 5, 0.02],
          [0.04, 40, 3.15],
          [0.04, 102, 0.02],
        ],
        warning: "4%",
      },
      "four-of-a-day-are-late": {
        bad: [
          [0, 6, 1e6],
          [0.04, 5, 0.02],
          [0.04, 40, 2.75],
          [0.04, 102, 0.02],
        ],
      },
      "five-of-all-are-late": {
        bad: [
          [0.012, 40, 10.5],
          [0.012, 113, 0.02],
        ],
        warning: "1.2%",
      },
      "four-of-all-are-late": {
        bad: [
          [0.012, 40, 9],
          [0.012, 113, 0.02],
        ],
      },
    },
    "10m",
  ),
];
