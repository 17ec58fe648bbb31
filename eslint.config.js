import tseslint from "typescript-eslint";

/**
 * The floors of the house, from the ground: a folder imports itself and the floors below it.
 *
 * What is on each floor stands in CONTRIBUTING.md.
 */
const floors = [
  "cli",
  "settings",
  "catalog",
  "artifacts",
  "rules",
  "dashboards",
  "components",
  "outputs",
  "stacks",
  "recovery",
  "page",
  "sandbox",
  "review",
  "scripts",
  "tests",
];

const importsGoDown = floors.slice(0, -1).map((floor, index) => ({
  files: [`${floor}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${floors.slice(index + 1).join("|")})/`,
            message: `${floor}/ is below that folder: imports go down only.`,
          },
        ],
      },
    ],
  },
}));

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
