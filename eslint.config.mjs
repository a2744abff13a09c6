import tseslint from "typescript-eslint";

/** Ranks of src/lib: imports point downwards only, never sideways within a rank. Checked by tests/architecture too. */
export const RANKS = [
  ["kernel"],
  ["env", "i18n"],
  ["db"],
  ["ledger"],
  ["auth", "calendar", "notify"],
  ["live"],
  ["regions", "catalog", "staff", "devices"],
  ["windows"],
  ["queue"],
  ["planner", "reminders"],
  ["appointments"],
  ["citizens"],
  ["exchange"],
];

/** What the files of a module may not import: modules of its own rank and above, raw statements of others, frameworks. */
const borders = RANKS.flatMap((rank, index) => rank.map((module) => ({
  files: [`src/lib/${module}/**/*.ts`],
  ignores: ["src/lib/live/client.ts", "src/lib/auth/next-auth.ts"],
  rules: {
    "no-restricted-imports": ["error", {
      patterns: [
        { group: [...RANKS.slice(index).flat().filter((other) => other !== module).map((other) => `@/lib/${other}/*`), ...RANKS.flat().filter((other) => other !== module).map((other) => `@/lib/${other}/**/sql`)], message: "Imports point downwards, and only to another module's public files." },
        { group: ["next", "next/*", "react", "react/*", "@/app/*", "@/components/*", "@/api/*"], message: "src/lib knows no web framework." },
      ],
    }],
  },
})));

export default tseslint.config(
  { ignores: [".next/**", "public/**", "node_modules/**", ".data/**", "src/lib/db/types.ts", "next-env.d.ts", "test-results/**", "dist/**"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx,mts}"],
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-syntax": ["error", { selector: "CallExpression[callee.property.name='raw'][callee.object.name='sql']", message: "Raw SQL only in db/migrate: everything else is a tagged template with parameters." }],
      eqeqeq: "error",
    },
  },
  { files: ["src/lib/db/migrate.ts"], rules: { "no-restricted-syntax": "off" } },
  ...borders,
  {
    files: ["src/components/**/*.{ts,tsx}", "src/app/**/*.{ts,tsx}", "src/board/**/*.{ts,tsx}"],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group: ["pg", "kysely", "@/lib/**/sql"], message: "Pages read through a module's data.ts." }] }] },
  },
);
