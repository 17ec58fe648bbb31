import type { AlertCase } from "../alertCase.ts";
import { durations, longPast, past, told } from "./traffic.ts";

const late = (severity: string, share: string, service = "python-api") =>
  told(
    severity,
    service,
    `${service} answers more requests late than its latency objective allows`,
    `${share} of the requests to ${service} in namespace shop take longer than its objective`,
  );

/** The objective is 99 % within half a second: 14.4 % within an hour, 6 % within six; 3 % or 1 % for the warning. */
export const latencyBudget: AlertCase[] = [
  {
    when: "15 % of an hour's requests are late after five good hours",
    series: durations({ bad: [past, [0.15, 65]] }),
    at: { "75m": [late("critical", "15%"), late("warning", "2.671%")] },
  },
  {
    when: "14 % of an hour's requests are late after five good hours",
    series: durations({ bad: [past, [0.14, 65]] }),
    at: { "75m": [late("warning", "2.493%")] },
  },
  {
    when: "6.5 % of the requests are late, or 5.5 %",
    series: {
      ...durations({ bad: [[0.065, 60, 200]] }),
      ...durations({ service: "other-api", bad: [[0.055, 60, 200]] }),
    },
    at: { "1h": [late("critical", "6.5%"), late("warning", "6.5%"), late("warning", "5.5%", "other-api")] },
  },
  {
    when: "all are late from the eleventh minute on",
    series: durations({
      bad: [
        [0, 10],
        [1, 30],
      ],
    }),
    at: { "12m": [], "15m": [late("critical", "33.33%")], "24m": [late("critical", "58.33%")] },
  },
  {
    when: "30 % were late until a quarter of an hour ago",
    series: durations({ bad: [past, [0.3, 65], [0, 15]] }),
    at: { "90m": [late("warning", "5.132%")] },
  },
  {
    when: "four requests are late, and then a fifth",
    series: durations({
      bad: [
        [0, 30, 1],
        [1, 4, 1],
        [0, 3, 1],
        [1, 1, 1],
        [0, 3, 1],
      ],
    }),
    at: { "37m": [], "41m": [late("critical", "12.2%")] },
  },
  {
    when: "a quiet day answers 3.3 % late after a busy hour, or 2.5 %",
    every: "10m",
    series: {
      ...durations({
        bad: [
          [0, 6, 1e6],
          [4 / 120, 147],
        ],
      }),
      ...durations({
        service: "other-api",
        bad: [
          [0, 6, 1e6],
          [3 / 120, 147],
        ],
      }),
    },
    at: { "25h30m": [late("warning", "3.333%")] },
  },
  {
    when: "1.2 % of the requests are late, or 0.8 %",
    series: {
      ...durations({ bad: [[0.012, 60, 1000]] }),
      ...durations({ service: "other-api", bad: [[0.008, 60, 1000]] }),
    },
    at: { "1h": [late("warning", "1.2%")] },
  },
  {
    when: "much was late, and 15 % are now, or 14 %",
    series: {
      ...durations({ bad: [longPast, [0.5, 60], [0.15, 9]] }),
      ...durations({ service: "other-api", bad: [longPast, [0.5, 60], [0.14, 9]] }),
    },
    at: { "78m": [late("critical", "45.25%"), late("warning", "2.921%"), late("warning", "2.914%", "other-api")] },
  },
  {
    when: "20 % were late in an hour, and 6.5 % in the next, or 5.5 %",
    series: {
      ...durations({
        bad: [
          [0.2, 60],
          [0.065, 65, 200],
        ],
      }),
      ...durations({
        service: "other-api",
        bad: [
          [0.2, 60],
          [0.055, 65, 200],
        ],
      }),
    },
    at: {
      "2h5m": [late("critical", "11.31%"), late("warning", "11.31%"), late("warning", "10.67%", "other-api")],
    },
  },
  {
    when: "10 % were late in six hours, and 1.2 % in the next, or 0.8 %",
    every: "10m",
    series: {
      ...durations({
        bad: [
          [0.1, 36],
          [0.012, 40, 1000],
        ],
      }),
      ...durations({
        service: "other-api",
        bad: [
          [0.1, 36],
          [0.008, 40, 1000],
        ],
      }),
    },
    at: { "12h40m": [late("warning", "2.058%")] },
  },
  {
    when: "a service that promised to answer within a second takes longer",
    series: durations({ service: "orders-api", bad: [past, [0.15, 65]] }, "1.0"),
    at: { "75m": [late("critical", "15%", "orders-api"), late("warning", "2.671%", "orders-api")] },
  },
];
