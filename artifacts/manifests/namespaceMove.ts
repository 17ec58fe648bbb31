import type { ManifestObject } from "./manifest.ts";
import { type Fields, isFields, updateAt } from "./objectPath.ts";
import { containerPaths } from "./podTemplates.ts";

/** A move of all objects, and of what refers to them, from one namespace to another. */
export interface NamespaceMove {
  from: string;
  to: string;
}

/** Fields that hold the name of a namespace, by kind. */
const namespaceFields: Record<string, string[][]> = {
  RoleBinding: [["subjects", "*", "namespace"]],
  ClusterRoleBinding: [["subjects", "*", "namespace"]],
  MutatingWebhookConfiguration: [["webhooks", "*", "clientConfig", "service", "namespace"]],
  ValidatingWebhookConfiguration: [["webhooks", "*", "clientConfig", "service", "namespace"]],
  CustomResourceDefinition: [["spec", "conversion", "webhook", "clientConfig", "service", "namespace"]],
  APIService: [["spec", "service", "namespace"]],
};

/** Annotations that hold `namespace/name`: from there cert-manager takes the CA for webhooks. */
const referenceAnnotations = ["cert-manager.io/inject-ca-from", "cert-manager.io/inject-ca-from-secret"];

/** Moves one object. Objects of other namespaces and references to them stay as they are. */
export function moveNamespace(object: ManifestObject, move: NamespaceMove): ManifestObject {
  let moved: unknown = object;
  const change = (path: string[], changeText: (text: string) => string) => {
    moved = updateAt(moved, path, (value) => (typeof value === "string" ? changeText(value) : value));
  };
  const rename = (namespace: string) => (namespace === move.from ? move.to : namespace);

  change(["metadata", "namespace"], rename);
  for (const path of namespaceFields[object.kind] ?? []) change(path, rename);
  for (const annotation of referenceAnnotations) {
    change(["metadata", "annotations", annotation], (value) => moveReference(value, move));
  }
  if (object.kind === "Certificate") change(["spec", "dnsNames", "*"], (name) => moveHost(name, move));
  for (const path of containerPaths(object.kind)) {
    moved = updateAt(moved, path, (container) => moveContainer(container, move));
  }
  return moved as ManifestObject;
}

/** `namespace/name` */
function moveReference(value: string, { from, to }: NamespaceMove): string {
  return value.startsWith(`${from}/`) ? to + value.slice(from.length) : value;
}

/** `service.namespace.svc`, alone or with what follows */
function moveHost(value: string, { from, to }: NamespaceMove): string {
  return value.replaceAll(`.${from}.svc`, `.${to}.svc`);
}

function moveContainer(container: unknown, move: NamespaceMove): unknown {
  let moved = container;
  for (const list of ["command", "args"]) {
    moved = updateAt(moved, [list], (args) => (Array.isArray(args) ? moveArguments(args, move) : args));
  }
  return updateAt(moved, ["env", "*"], (variable) =>
    isFields(variable) && typeof variable.value === "string" && typeof variable.name === "string"
      ? ({ ...variable, value: moveOption(variable.name, variable.value, move) } satisfies Fields)
      : variable,
  );
}

function moveArguments(args: readonly unknown[], move: NamespaceMove): unknown[] {
  return args.map((arg, index) => {
    if (typeof arg !== "string") return arg;
    const [, flag, value] = /^(-[^=]*)=(.*)$/s.exec(arg) ?? [];
    if (flag !== undefined && value !== undefined) return `${flag}=${moveOption(flag, value, move)}`;
    const before: unknown = args[index - 1];
    // `--namespace default`: the flag is the argument before.
    const option = typeof before === "string" && /^-[^=]*$/.test(before) ? before : "";
    return moveOption(option, arg, move);
  });
}

/** The namespace's name alone may be any word (`--policy=default`): it counts only where the option's name says that it is one. */
function moveOption(option: string, value: string, move: NamespaceMove): string {
  const items = value.split(",");
  if (/namespace/i.test(option)) return items.map((item) => (item === move.from ? move.to : item)).join(",");
  return items.map((item) => moveHost(moveReference(item, move), move)).join(",");
}
