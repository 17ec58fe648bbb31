/** Grafana's folders. A folder and a dashboard may not share a uid. */
export const folders = {
  applications: { uid: "fluffy-folder-applications", title: "Applications" },
  platform: { uid: "fluffy-folder-platform", title: "Platform" },
} as const;
