import { folders } from "../../dashboards/kit/folders.ts";
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

/** As the operator compares titles: without regard to case. */
const platformTitles = Object.values(folders).map(({ title }) => `'${title.toLowerCase()}'`);

/** Sources of a dashboard's JSON that make the operator ask an address, or run a program of the team. */
const foreignContent = ["url", "urlAuthorization", "oci", "jsonnet", "jsonnetLib"];

/** A team's dashboard in the platform's Grafana overwrites no other. */
export const dashboardPolicy: AdmissionPolicy = {
  kinds: [{ apiGroup, resources: ["grafanadashboards"] }],
  conditions: [crossesNamespaces],
  variables: [
    {
      name: "folderTitle",
      expression:
        "has(object.spec.folderUID) && object.spec.folderUID != '' ? '' : " +
        "(has(object.spec.folder) && object.spec.folder != '' ? object.spec.folder : request.namespace)",
    },
  ],
  validations: [
    {
      // No namespace has a _ in its name, so no other's uids begin the same; one inside the JSON is overwritten by this one.
      // Without it the operator would delete whichever dashboard has the same title in the same folder.
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
      expression: `!has(object.spec.folderRef) && (!has(object.spec.folderUID) || object.spec.folderUID in ['', '${folders.applications.uid}'])`,
      message: `spec.folderRef may not be set and spec.folderUID may be ${folders.applications.uid} only; with none the dashboard gets a folder named after the namespace`,
    },
    {
      expression: `variables.folderTitle == '' || !(variables.folderTitle.lowerAscii() in [${platformTitles.join(", ")}])`,
      message: `the dashboard's folder may not be one of the platform by its title, in spec.folder or the namespace's name: use spec.folderUID ${folders.applications.uid}`,
    },
  ],
};
