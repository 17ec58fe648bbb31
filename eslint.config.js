import tseslint from "typescript-eslint";

/**
 * The floors of the house, from the ground: a folder imports itself and the floors below it.
 *
 * What is on each floor stands in CONTRIBUTING.md.
 */
export const floors = [
  "cli",
  "settings",
  "catalog",
  "artifacts",
  "rules",
  "dashboards",
  "components",
  "outputs",
  "stacks",
  "package",
  "recovery",
  "page",
  "sandbox",
  "review",
  "scripts",
  "policy",
  "tests",
];

/**
 * @param {string} name of the floor, for people
 * @param {string} files that are on it
 * @param {string} way from these files to the folder of the project, as a regular expression
 * @param {string[]} above the floors above it
 */
function onlyDown(name, files, way, above) {
  const regex = `^${way}(${above.join("|")})/`;
  const message = `${name} is below that folder: imports go down only.`;
  // A selector ends a regular expression at the first slash.
  const literal = `Literal[value=/${regex.replaceAll("/", "\\u002F")}/]`;
  return {
    files: [files],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex, message }] }],
      // Nor by `import()`, in code and in types.
      "no-restricted-syntax": ["error", { selector: `:matches(ImportExpression, TSImportType) > ${literal}`, message }],
    },
  };
}

export const importsGoDown = [
  ...floors
    .slice(0, -1)
    .map((floor, index) => onlyDown(`${floor}/`, `${floor}/**/*.ts`, "(\\.\\./)+", floors.slice(index + 1))),
  onlyDown("index.ts", "index.ts", "\\./", floors.slice(floors.indexOf("stacks"))),
];

export default tseslint.config(
  { ignores: ["node_modules/", ".artifacts/", ".sandbox/", "apps/"] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts"] })),
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "max-lines": ["error", { max: 250 }],
      // Numbers and URLs in messages read better plain; everything else must be made a string on purpose.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    files: ["**/*.ts"],
    rules: {
      // A Pulumi resource is registered by its constructor: it is often not used again.
      "no-new": "off",
      "@typescript-eslint/no-unused-expressions": "error",
    },
  },
  ...importsGoDown,
  {
    // mocha's suites and node:test's style callbacks return promises that the runner awaits.
    files: ["tests/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
);
