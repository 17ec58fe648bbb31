import { about, alertmanager, prometheus, rising } from "./monitoring.ts";
import { type AlertCases, constant, counter } from "./alertCase.ts";

/** So many messages of an Alertmanager's pod do not reach Slack. */
const lostToSlack = (messages: number) =>
  about(
    "critical",
    "alertmanager-0 cannot deliver alerts to slack",
    `${messages} messages of alertmanager-0 to slack failed within some minutes`,
    { pod: "alertmanager-0", integration: "slack" },
  );

export const alertDeliveryCases: AlertCases = {
  AlertDeliveryFailed: [
    {
      when: "alerts do not reach Alertmanager",
      series: {
        [`prometheus_notifications_errors_total{${prometheus},alertmanager="http://10.0.0.2:9093"}`]: counter(
          [0, 3],
          [1, 40],
        ),
      },
      at: {
        "18m": [],
        "20m": [
          about(
            "critical",
            "prometheus-0 cannot deliver alerts to Alertmanager",
            "10 alerts of prometheus-0 did not reach any Alertmanager within 10 minutes",
            { pod: "prometheus-0", integration: "alertmanager" },
          ),
        ],
      },
    },
    {
      when: "one of two Alertmanagers is away",
      series: {
        [`prometheus_notifications_errors_total{${prometheus},alertmanager="http://10.0.0.2:9093"}`]: counter([1, 40]),
        [`prometheus_notifications_errors_total{${prometheus},alertmanager="http://10.0.0.3:9093"}`]: constant(0, 40),
      },
      at: { "30m": [] },
    },
    {
      when: "messages do not reach Slack",
      series: {
        [`alertmanager_notifications_failed_total{${alertmanager},integration="slack",reason="clientError"}`]: counter(
          [0, 3],
          [1, 40],
        ),
        [`alertmanager_notifications_failed_total{${alertmanager},integration="webhook",reason="other"}`]: constant(
          0,
          40,
        ),
      },
      at: {
        "18m": [],
        "20m": [lostToSlack(10)],
      },
    },
    {
      when: "the only message fails at every interval of its group, five minutes each",
      series: {
        [`alertmanager_notifications_failed_total{${alertmanager},integration="slack",reason="clientError"}`]:
          "0x3 1x4 2x4 3x4 4x4 5x4",
      },
      at: {
        "18m": [],
        "20m": [lostToSlack(2)],
      },
    },
    {
      when: "the only message fails at every interval of its group, fifteen minutes each",
      series: {
        [`alertmanager_notifications_failed_total{${alertmanager},integration="slack",reason="clientError"}`]: `0x3 ${rising(8, 14)}`,
      },
      at: {
        "25m": [],
        "45m": [lostToSlack(1)],
        "101m": [lostToSlack(1)],
      },
    },
    {
      when: "one message fails, and another an hour later",
      series: {
        [`alertmanager_notifications_failed_total{${alertmanager},integration="slack"}`]: "_x5 1x60 2x60",
      },
      at: { "16m": [], "21m": [], "26m": [], "75m": [], "85m": [] },
    },
    {
      when: "both failed for some minutes",
      series: {
        [`prometheus_notifications_errors_total{${prometheus}}`]: counter([1, 5], [0, 40]),
        [`alertmanager_notifications_failed_total{${alertmanager},integration="slack"}`]: counter([1, 5], [0, 40]),
      },
      at: { "9m": [], "25m": [] },
    },
  ],
};
