import type { PageData } from "../model/pageData.ts";
import type { Range } from "../model/range.ts";
import type { Route } from "../model/route.ts";

/** What every view works with. */
export interface App {
  data: PageData;
  route: Route;
  range: Range;
  /** Goes on with some of the route changed. */
  go: (change: Partial<Route>) => void;
  /** Where the choices of the view stand. */
  choices: HTMLElement;
  content: HTMLElement;
}

/** A view that is shown. */
export interface View {
  title: string;
  /** Reads the data of a span anew, and draws it; it is also given as the address says it. */
  refresh: (range: Range, span: string) => Promise<void>;
}
