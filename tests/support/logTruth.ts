/** What was written and what was found of it. */
export interface LogTruth {
  readonly what: string;
  readonly written: number;
  /** Lines that were found, each once. */
  readonly found: number;
  /** Records beyond these. */
  readonly doubled: number;
  readonly remark?: string;
}
