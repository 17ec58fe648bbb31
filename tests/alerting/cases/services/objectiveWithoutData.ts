import { type AlertCase, counter } from "../alertCase.ts";
import { metric } from "./traffic.ts";

const requests = (service: string) => `${metric}_count{service_name="${service}",k8s_namespace_name="shop"}`;

/** Of the one service that the rules' settings name. */
const alert = {
  labels: { severity: "warning", namespace: "no_namespace", service_name: "orders-api" },
  summary: "orders-api has an objective and no data",
  description:
    "slo.services names orders-api, and as far as is known no service of that name had a request within 3 days: its objective is not watched",
};

export const objectiveWithoutData: AlertCase[] = [
  {
    when: "a service has another name than the one that has an objective",
    series: { [requests("order-api")]: counter([5, 180]) },
    at: { "50m": [], "70m": [alert], "170m": [alert] },
  },
  {
    when: "the service that has an objective begins late, and is quiet later",
    series: { [requests("orders-api")]: `_x30 ${counter([5, 60], [0, 200])}` },
    at: { "20m": [], "80m": [], "200m": [], "280m": [] },
  },
  {
    when: "it had requests more than three days ago",
    every: "2m",
    series: { [requests("orders-api")]: counter([5, 60]) },
    at: { "3d": [], "3d6h": [alert] },
  },
];
