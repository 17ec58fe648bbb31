import type { AlertCase } from "../alertCase.ts";
import { failing, metric } from "./traffic.ts";

/** Samples of the good and the failed requests of a service whose metrics are away for a hundred minutes, from the 121st on. */
const service = (good: string, failed: string) => {
  const labels = 'service_name="shop",k8s_namespace_name="shop",k8s_pod_name="pod-1"';
  return {
    [`${metric}_count{${labels},http_response_status_code="200"}`]: `0+100x120 stale _x99 ${good}`,
    [`${metric}_count{${labels},http_response_status_code="502"}`]: `0x120 stale _x99 ${failed}`,
  };
};

/** What happened in a long gap is known at its end, and only how much of it in all. */
export const longGap: AlertCase[] = [
  {
    when: "all requests failed in the first ten minutes of a gap, and none has since",
    series: service("21000+100x200", "1000x200"),
    at: { "221m": [], "223m": [], "226m": [], "240m": [failing("shop", "4.184%", "warning")] },
  },
  {
    when: "a tenth fails for six minutes after a gap, which is too little for an hour",
    series: service("22000+90x6 22640+100x100", "0+10x6 60x100"),
    at: { "225m": [], "227m": [], "229m": [], "240m": [] },
  },
  {
    when: "15 percent fail from the end of a gap on: as soon as without the gap",
    series: service("22000+85x100", "0+15x100"),
    at: { "240m": [], "255m": [failing("shop", "8.537%"), failing("shop", "2.008%", "warning")] },
  },
];
