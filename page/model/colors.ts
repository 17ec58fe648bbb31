/** Told apart by people who see colours differently too (Okabe and Ito), on a light and on a dark ground. */
const palettes = {
  light: ["#0072b2", "#c77800", "#00805e", "#b0568c", "#c24e00", "#2c86b8", "#7a6000", "#555555"],
  dark: ["#56a8e0", "#e69f00", "#2fbf94", "#d990b8", "#f08040", "#8fd0f5", "#d8c04a", "#b0b0b0"],
} as const;

const named = {
  light: { green: "#1d7a38", orange: "#a85a00", red: "#c01020", blue: "#0072b2" },
  dark: { green: "#5cc97a", orange: "#f0a44b", red: "#ff7b7b", blue: "#56a8e0" },
} as const;

/** The ground on which is drawn. */
export type Theme = keyof typeof palettes;

/** The colour of Grafana's name for it; undefined for a name that only says "as the text". */
export function colorNamed(name: string, theme: Theme): string | undefined {
  const colors: Readonly<Record<string, string>> = named[theme];
  return colors[name];
}

/** The colour of a series that has none of its own. */
export function colorAt(index: number, theme: Theme): string {
  const palette = palettes[theme];
  return palette[index % palette.length] ?? palette[0];
}
