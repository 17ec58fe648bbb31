import { element } from "./dom.ts";

/** What a choice among some values needs. */
export interface ChoiceArgs {
  label: string;
  /** By value, the text that is shown. */
  options: readonly (readonly [value: string, text: string])[];
  chosen: string;
  onChange: (value: string) => void;
}

/** A choice with its label. */
export function choice({ label, options, chosen, onChange }: ChoiceArgs): HTMLElement {
  const select = element("select");
  // A bookmark may name what is not there at the moment.
  const known = options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen] as const];
  for (const [value, text] of known) select.append(new Option(text, value, false, value === chosen));
  select.addEventListener("change", () => {
    onChange(select.value);
  });
  return element("label", {}, `${label} `, select);
}

/** A text with its label. */
export function textChoice(label: string, text: string, onChange: (text: string) => void): HTMLElement {
  const input = element("input", { value: text });
  input.addEventListener("change", () => {
    onChange(input.value);
  });
  return element("label", {}, `${label} `, input);
}
