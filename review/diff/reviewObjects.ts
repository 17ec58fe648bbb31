import { CORE_SCHEMA, load, loadAll } from "js-yaml";
import { type Fields, isFields } from "../../artifacts/manifests/objectPath.ts";
import { mask } from "../golden/redact.ts";

/** One object as a reviewer sees it. */
export interface ReviewObject {
  /** The file that it is in: `platform.grafana` of golden files, `release cert-manager` of rendered ones. */
  readonly component: string;
  /** Kind and name, such as `Release cert-manager`; unique in its component. */
  readonly label: string;
  readonly kind: string;
  readonly fields: Fields;
}

/** The objects of each stack, by the stack's name. */
export type StackObjects = ReadonlyMap<string, readonly ReviewObject[]>;

/**
 * The objects of a golden file. What an object comes after stands in its comment; here it is the field `after`.
 *
 * @param file name of the file, such as `platform.grafana.yaml`
 * @param text documents that begin with the object's label as a comment
 */
export function goldenObjects(file: string, text: string): ReviewObject[] {
  const component = file.replace(/\.yaml$/, "");
  const objects = text.split(/^---\n/m).map((document) => {
    const [label = "", ...after] = [...document.matchAll(/^# *(?:after )?(.*)$/gm)].map(([, line = ""]) => line);
    const content = load(document, { schema: CORE_SCHEMA });
    const fields = { ...(isFields(content) ? content : {}), ...(after.length === 0 ? {} : { after }) };
    return { component, label, kind: kindOf(fields, label), fields };
  });
  return unique(objects);
}

/**
 * The objects of a rendered release.
 *
 * @param file name of the file, such as `cert-manager.rendered.yaml`
 * @param text Kubernetes objects as YAML documents
 */
export function renderedObjects(file: string, text: string): ReviewObject[] {
  const component = `release ${file.replace(/\.rendered\.yaml$/, "")}`;
  const objects = loadAll(text, undefined, { schema: CORE_SCHEMA })
    .filter(isFields)
    .map((fields) => {
      const { name = "", namespace } = (isFields(fields.metadata) ? fields.metadata : {}) as Record<string, string>;
      const kind = kindOf(fields, "");
      const label = `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
      return { component, label, kind, fields: kind === "Secret" ? withoutValues(fields) : fields };
    });
  return unique(objects);
}

/** A Secret without its values: the keys stay. */
function withoutValues(secret: Fields): Fields {
  const values = Object.entries(secret).map(([key, value]) => [
    key,
    /^(data|stringData)$/.test(key) ? mask(value) : value,
  ]);
  return Object.fromEntries(values) as Fields;
}

/** A label alone is the kind of what is no Kubernetes object: a release, a component. */
function kindOf(fields: Fields, label: string): string {
  return typeof fields.kind === "string" ? fields.kind : (label.split(" ")[0] ?? "");
}

/** No object hides another one of the same label. */
function unique(objects: readonly ReviewObject[]): ReviewObject[] {
  const seen = new Map<string, number>();
  return objects.map((object) => {
    const count = (seen.get(object.label) ?? 0) + 1;
    seen.set(object.label, count);
    return count === 1 ? object : { ...object, label: `${object.label} (${count})` };
  });
}
