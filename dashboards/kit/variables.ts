import {
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { prometheus } from "./datasources.ts";

/** What a choice at the top of a dashboard needs. */
export interface VariableArgs {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** The series whose label's values are offered. */
  readonly series: string;
  /** The label. */
  readonly of: string;
  /** Several at once, or all of them, which is what it starts with. @default false - one, the first */
  readonly many?: boolean;
  /** What all of them stand for: any value, or those that are offered. @default "any" */
  readonly all?: "any" | "offered";
}

/** A choice at the top of a dashboard, among the values of a label. */
export function labelValues({
  name,
  label,
  description,
  series,
  of,
  many = false,
  all = "any",
}: VariableArgs): QueryVariableBuilder {
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(prometheus)
    // 1 is the form of query that Grafana's own editor makes for the values of a label.
    .query({ qryType: 1, query: `label_values(${series}, ${of})`, refId: name })
    .definition(`label_values(${series}, ${of})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
  if (!many) return variable;
  const several = variable.multi(true).includeAll(true).current({ text: "All", value: "$__all" });
  return all === "any" ? several.allValue(".*") : several;
}

/** What a field for a text at the top of a dashboard needs. */
export interface TextBoxArgs extends Pick<VariableArgs, "name" | "label" | "description"> {
  /** What stands there at first. */
  readonly value: string;
}

/** A field for a text at the top of a dashboard. */
export function textBox({ name, label, description, value }: TextBoxArgs): TextBoxVariableBuilder {
  return new TextBoxVariableBuilder(name).label(label).description(description).defaultValue(value);
}
