import { folders } from "../../dashboards/folders.ts";
import type { AdmissionPolicy } from "./admissionPolicy.ts";

const apiGroup = "grafana.integreatly.org";

/** Whether the object goes into Grafanas of other namespaces, such as the platform's. */
const crossesNamespaces = {
  name: "crosses-namespaces",
  expression: "has(object.spec.allowCrossNamespaceImport) && object.spec.allowCrossNamespaceImport",
};

/** Kinds whose objects the operator applies with the login of Grafana's administrator. */
const otherKinds = [
  "grafanaalertrulegroups",
  "grafanacontactpoints",
  "grafanadatasources",
  "grafanafolders",
  "grafanalibrarypanels",
  "grafanamanifests",
  "grafanamutetimings",
  "grafananotificationpolicies",
  "grafananotificationpolicyroutes",
  "grafananotificationtemplates",
];

/** Of Grafana's objects a team brings dashboards into the platform's Grafana, and nothing else. */
export const grafanaPolicy: AdmissionPolicy = {
  kinds: [{ apiGroup, resources: otherKinds }],
  conditions: [crossesNamespaces],
  validations: [
    {
      expression: "false",
      message:
        "only a GrafanaDashboard may set allowCrossNamespaceImport: everything else is applied with the administrator's login " +
        "of the platform's Grafana",
    },
  ],
};

const platformTitles = Object.values(folders).map(({ title }) => `'${title}'`);

/** Sources of a dashboard's JSON that make the operator ask an address, or run a program of the team. */
const foreignContent = ["url", "urlAuthorization", "oci", "jsonnet", "jsonnetLib"];

/** A team's dashboard in the platform's Grafana overwrites no other. */
export const dashboardPolicy: AdmissionPolicy = {
  kinds: [{ apiGroup, resources: ["grafanadashboards"] }],
  conditions: [crossesNamespaces],
  validations: [
    {
      // No namespace has a _ in its name, so no other's uids begin the same; one inside the JSON is overwritten by this one.
      expression: "has(object.spec.uid) && object.spec.uid.startsWith(request.namespace + '_')",
      message:
        "spec.uid has to begin with the name of the namespace and _: a dashboard overwrites the one that has its uid",
      messageExpression:
        "'spec.uid has to begin with ' + request.namespace + '_: a dashboard overwrites the one that has its uid'",
    },
    {
      expression: "!has(object.spec.plugins) || object.spec.plugins.size() == 0",
      message: "spec.plugins may not be set: a plugin runs in the Grafana of all",
    },
    {
      expression: foreignContent.map((field) => `!has(object.spec.${field})`).join(" && "),
      message: `spec may not set ${foreignContent.join(", ")}: the operator would fetch or run it; use json, gzipJson or configMapRef`,
    },
    {
      expression: `!has(object.spec.folderUID) || object.spec.folderUID in ['', '${folders.applications.uid}']`,
      message: `spec.folderUID may be ${folders.applications.uid} only; with none the dashboard gets a folder named after the namespace`,
    },
    {
      expression: `!has(object.spec.folder) || !(object.spec.folder in [${platformTitles.join(", ")}])`,
      message: `spec.folder may not be a folder of the platform: use spec.folderUID ${folders.applications.uid}`,
    },
  ],
};
