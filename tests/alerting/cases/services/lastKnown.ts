import { type AlertCase, counter } from "../alertCase.ts";
import { failing, metric } from "./traffic.ts";

/** What the alerts on errors say when requests stop, come rarely, have no status, no service or no namespace. */

const requests = (service: string, status: string) =>
  `${metric}_count{service_name="${service}",k8s_namespace_name="shop",http_response_status_code="${status}"}`;

/** A busy time and twenty requests a minute for two hours; then what is said. */
const outage = (service: string, good: readonly [number, number][], bad: readonly [number, number][]) => ({
  [requests(service, "200")]: counter([6000, 10], [20, 110], ...good),
  [requests(service, "503")]: counter([0, 120], ...bad),
});

export const lastKnown: AlertCase[] = [
  {
    when: "ten minutes fail, and then nobody asks; in one service the next requests are good, another has a quiet night",
    series: {
      ...outage(
        "abandoned",
        [[0, 400]],
        [
          [20, 10],
          [0, 400],
        ],
      ),
      ...outage(
        "repaired",
        [
          [0, 90],
          [20, 300],
        ],
        [
          [20, 10],
          [0, 400],
        ],
      ),
      ...outage(
        "recovered",
        [
          [0, 10],
          [20, 300],
        ],
        [
          [20, 10],
          [0, 400],
        ],
      ),
      // A few of the last requests before the night fail: too few of the hour.
      ...outage(
        "night",
        [
          [18, 10],
          [0, 400],
        ],
        [
          [0, 4],
          [1.5, 6],
          [0, 400],
        ],
      ),
      ...outage(
        "well",
        [
          [20, 10],
          [0, 400],
        ],
        [[0, 400]],
      ),
    },
    at: {
      "125m": [],
      "131m": [failing("abandoned", "16.95%"), failing("repaired", "16.95%"), failing("recovered", "16.67%")],
      "135m": [failing("abandoned", "17.86%"), failing("repaired", "17.86%")],
      "3h": [failing("abandoned", "17.86%"), failing("repaired", "17.86%")],
      "4h": [failing("abandoned", "17.86%")],
      "6h": [failing("abandoned", "17.86%")],
    },
  },
];
