import { readableYaml } from "./readableYaml.ts";
import { redact, secretMark } from "./redact.ts";

/** What a run of the program registered, as far as files are made of it; labels are such as `Release cert-manager`. */
export interface RegisteredProgram {
  readonly registered: readonly { readonly label: string; readonly inputs: unknown; readonly custom: boolean }[];
  /** Every resource but the stack itself. */
  readonly asked: readonly {
    readonly label: string;
    readonly parent: string | undefined;
    readonly dependsOn: readonly string[];
  }[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
}

/**
 * What the program registered, as readable files: one for each component, by the names of the components above it
 * (`platform.grafana.yaml`), `stack.yaml` for what is in none, and `outputs.yaml`.
 */
export function componentFiles(program: RegisteredProgram): Map<string, string> {
  const inputs = new Map(program.registered.map((resource) => [resource.label, resource]));
  const documents = new Map<string, string[]>();
  const sorted = program.asked.toSorted((a, b) => (a.label < b.label ? -1 : 1));
  for (const resource of sorted) {
    const { custom, inputs: content } = inputs.get(resource.label) ?? { custom: false, inputs: {} };
    if (custom) append(documents, fileOf(program, resource.parent), document(resource, content));
    // Components have no inputs: what they come after is what there is to say of them.
    else append(documents, fileOf(program, resource.label), comment(resource), { first: true });
  }
  const files = [...documents].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map([...files.map(([file, parts]) => [file, parts.join("---\n")] as const), outputsFile(program)]);
}

function outputsFile({ outputs, secretOutputs }: RegisteredProgram): [string, string] {
  const shown = Object.entries(outputs).map(([name, value]) => [
    name,
    secretOutputs.includes(name) && value !== null ? secretMark : value,
  ]);
  return ["outputs.yaml", `# The stack's outputs\n${readableYaml(Object.fromEntries(shown))}`];
}

function append(files: Map<string, string[]>, file: string, part: string, { first = false } = {}): void {
  const parts = files.get(file) ?? [];
  files.set(file, first ? [part, ...parts] : [...parts, part]);
}

/** The file of a component, by its place in the tree. */
function fileOf({ asked }: RegisteredProgram, label: string | undefined): string {
  const names: string[] = [];
  for (let at = label; at !== undefined; at = asked.find((resource) => resource.label === at)?.parent) {
    names.unshift(at.slice(at.indexOf(" ") + 1));
  }
  return `${names.length === 0 ? "stack" : names.join(".")}.yaml`;
}

function document(resource: RegisteredProgram["asked"][number], inputs: unknown): string {
  return comment(resource) + withoutHash(readableYaml(withParsedJson(redact(inputs))));
}

function comment({ label, dependsOn }: RegisteredProgram["asked"][number]): string {
  return `# ${[label, ...dependsOn.toSorted().map((needed) => `#   after ${needed}`)].join("\n")}\n`;
}

/** Texts that hold a JSON object, such as dashboards, as what they hold: one line of JSON shows no change. */
function withParsedJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withParsedJson);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withParsedJson(inner)]));
  }
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** A local chart's path holds a hash of its content: another artifact is not another program. */
function withoutHash(yaml: string): string {
  return yaml.replace(/^(chart: \.artifacts\/charts\/\S+)-[0-9a-f]{12}(\.tgz)?$/m, "$1-<content hash>$2");
}
