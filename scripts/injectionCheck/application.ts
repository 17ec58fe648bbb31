/** A package that an application installs. */
export interface AppPackage {
  /** Of Python packages as PEP 503 normalises it. */
  readonly name: string;
  /** The one version that is installed; `undefined` when the file does not say it. */
  readonly version?: string | undefined;
  /** Which versions are allowed, when the file names no single one: "" allows all. `undefined` when the source is a URL or a folder. */
  readonly range?: string | undefined;
  /** Where it is installed, as a Python environment marker; everywhere without one. */
  readonly marker?: string | undefined;
  /** Whether the application asks for it itself. `true` when the file does not tell these packages from the others. */
  readonly direct: boolean;
}

interface ApplicationBase {
  /** As the user named it. */
  readonly file: string;
  readonly packages: readonly AppPackage[];
  /** Lines about what was not checked. */
  readonly notes: readonly string[];
}

/** What a requirements file, `uv.lock` or `poetry.lock` says. */
export interface PythonApplication extends ApplicationBase {
  readonly language: "python";
  /** Range of Python versions, as the file has it. */
  readonly pythonVersions?: string | undefined;
}

/** What a `package.json` or `package-lock.json` says. */
export interface NodejsApplication extends ApplicationBase {
  readonly language: "nodejs";
  /** Only `package.json` says it. */
  readonly manifest?: { readonly esModules: boolean; readonly start?: string | undefined };
}

export type Application = PythonApplication | NodejsApplication;
