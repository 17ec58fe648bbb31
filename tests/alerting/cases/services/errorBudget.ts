import type { AlertCase } from "../alertCase.ts";
import { answers, longPast, past, told } from "./traffic.ts";

const failing = (severity: string, share: string, service = "python-api") =>
  told(
    severity,
    service,
    `${service} fails more requests than its availability objective allows`,
    `${share} of the requests to ${service} in namespace shop are answered with a server error`,
  );

/** The objective is 99.5 %: the critical one wants 7.2 % within an hour or 3 % within six, the warning 1.5 % or 0.5 %. */
export const errorBudget: AlertCase[] = [
  {
    when: "7.5 % of an hour's requests fail after five good hours",
    series: answers({ bad: [past, [0.075, 65]] }),
    at: { "75m": [failing("critical", "7.5%"), failing("warning", "1.336%")] },
  },
  {
    when: "6.7 % of an hour's requests fail after five good hours",
    series: answers({ bad: [past, [8 / 120, 65]] }),
    at: { "75m": [failing("warning", "1.187%")] },
  },
  {
    when: "3.3 % of the requests fail",
    series: answers({ bad: [[4 / 120, 60]] }),
    at: { "1h": [failing("critical", "3.333%"), failing("warning", "3.333%")] },
  },
  {
    when: "2.5 % of the requests fail",
    series: answers({ bad: [[3 / 120, 60]] }),
    at: { "1h": [failing("warning", "2.5%")] },
  },
  {
    when: "15 % failed until ten minutes ago",
    series: answers({ bad: [past, [0.15, 65], [0, 10]] }),
    at: { "75m": [failing("critical", "15%"), failing("warning", "2.671%")], "85m": [failing("warning", "2.6%")] },
  },
  {
    when: "everything fails from the eleventh minute on",
    series: answers({
      bad: [
        [0, 10],
        [1, 30],
      ],
    }),
    at: {
      "12m": [],
      "14m": [failing("critical", "28.57%")],
      "24m": [failing("critical", "58.33%")],
      "30m": [failing("critical", "66.67%"), failing("warning", "66.67%")],
    },
  },
  {
    when: "four requests fail, and then a fifth",
    series: answers({
      bad: [
        [0, 30, 1],
        [1, 4, 1],
        [0, 3, 1],
        [1, 1, 1],
        [0, 3, 1],
      ],
    }),
    at: { "37m": [], "41m": [failing("critical", "12.2%")] },
  },
  {
    when: "2 % of an hour's requests fail of a service that promised 99.9 %, and of one that did not",
    series: {
      ...answers({ service: "orders-api", bad: [past, [0.02, 65]] }),
      ...answers({ bad: [past, [0.02, 65]] }),
    },
    at: { "75m": [failing("critical", "2%", "orders-api"), failing("warning", "0.3562%", "orders-api")] },
  },
  {
    when: "a quiet day fails 1.7 % after a busy hour without a failure, or 1.3 %",
    every: "10m",
    series: {
      ...answers({
        bad: [
          [0, 6, 1e6],
          [2 / 120, 147],
        ],
      }),
      ...answers({
        service: "other-api",
        bad: [
          [0, 6, 1e6],
          [1.6 / 120, 147],
        ],
      }),
    },
    at: { "25h30m": [failing("warning", "1.667%")] },
  },
  {
    when: "0.6 % of the requests fail, or 0.4 %",
    series: {
      ...answers({ bad: [[0.006, 60, 1000]] }),
      ...answers({ service: "other-api", bad: [[0.004, 60, 1000]] }),
    },
    at: { "1h": [failing("warning", "0.6%")] },
  },
  {
    when: "20 % failed in one hour, more than six hours ago",
    every: "10m",
    series: answers({
      bad: [
        [0.2, 6],
        [0, 43],
      ],
    }),
    at: { "3h": [failing("warning", "6.667%")], "8h": [] },
  },
  {
    when: "much failed, and 7.5 % do now, or 6.7 %",
    series: {
      ...answers({ bad: [longPast, [0.5, 60], [0.075, 9]] }),
      ...answers({ service: "other-api", bad: [longPast, [0.5, 60], [8 / 120, 9]] }),
    },
    at: {
      "78m": [failing("critical", "44.24%"), failing("warning", "2.865%"), failing("warning", "2.859%", "other-api")],
    },
  },
  {
    when: "20 % failed in an hour, and 3.3 % in the next, or 2.5 %",
    series: {
      ...answers({
        bad: [
          [0.2, 60],
          [4 / 120, 65],
        ],
      }),
      ...answers({
        service: "other-api",
        bad: [
          [0.2, 60],
          [3 / 120, 65],
        ],
      }),
    },
    at: {
      "2h5m": [failing("critical", "11.33%"), failing("warning", "11.33%"), failing("warning", "10.9%", "other-api")],
    },
  },
  {
    when: "5 % failed in six hours, and 0.6 % in the next, or 0.4 %",
    every: "10m",
    series: {
      ...answers({
        bad: [
          [0.05, 36],
          [0.006, 40, 1000],
        ],
      }),
      ...answers({
        service: "other-api",
        bad: [
          [0.05, 36],
          [0.004, 40, 1000],
        ],
      }),
    },
    at: { "12h40m": [failing("warning", "1.029%")] },
  },
  {
    when: "there are no requests",
    series: answers({ bad: [[1, 20, 0]] }),
    at: { "20m": [] },
  },
];
