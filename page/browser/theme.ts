import type { Theme } from "../model/colors.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** What the user's system asks for. */
export function theme(): Theme {
  return dark.matches ? "dark" : "light";
}

/** Calls back when the system changes: what is drawn on a canvas does not follow by itself. */
export function onThemeChange(redraw: () => void): void {
  dark.addEventListener("change", redraw);
}

/** A colour of the style sheet, by the name of its variable. */
export function styleColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
