import type { AdmissionPolicy } from "./admissionPolicy.ts";

/** The fields of receivers that name a file of Alertmanager, by the receiver's list. */
const fileFields = {
  pushoverConfigs: ["tokenFile", "userKeyFile"],
  telegramConfigs: ["botTokenFile"],
} as const;

const namesNoFile = Object.entries(fileFields).map(([list, fields]) => {
  const none = fields.map((field) => `!has(c.${field})`).join(" && ");
  return `(!has(r.${list}) || r.${list}.all(c, ${none}))`;
});

/** What a team's AlertmanagerConfig makes Alertmanager send: nothing of its own files, such as the keys of all receivers. */
export const alertRoutePolicy: AdmissionPolicy = {
  kinds: [{ apiGroup: "monitoring.coreos.com", resources: ["alertmanagerconfigs"] }],
  validations: [
    {
      expression: `!has(object.spec.receivers) || object.spec.receivers.all(r, ${namesNoFile.join(" && ")})`,
      message:
        `a receiver may not name files (${Object.values(fileFields).flat().join(", ")}): they are Alertmanager's own, with the keys of ` +
        "every receiver; take credentials from a Secret of the namespace",
    },
  ],
};
