/** Headings of docs/injection.md that tell what pods do which only carry annotations. */
export type Section =
  | "python-packages-first"
  | "python-the-start-up"
  | "gevent"
  | "eventlet"
  | "django"
  | "own-sdk"
  | "nodejs-the-end"
  | "es-modules"
  | "npm-start";

/** Something that an application needs before it is injected, or that it should know. */
export interface Need {
  /** A few words. */
  readonly need: string;
  /** Why, as one sentence. */
  readonly reason: string;
  /** What the component InstrumentedApi takes for it; `undefined` when no argument helps. */
  readonly argument: string | undefined;
  /** Heading of docs/injection.md. */
  readonly section: Section;
}
