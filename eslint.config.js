import tseslint from "typescript-eslint";

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
  {
    // mocha's suites and node:test's style callbacks return promises that the runner awaits.
    files: ["tests/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
);
