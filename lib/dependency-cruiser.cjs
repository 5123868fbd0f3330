/**
 * The arrows of the house, as errors: app -> components -> lib. ARCHITECTURE.md says why.
 * A pure file (types, schemas, status rules, parsers) may be read by the browser; all others may not.
 */
const PURE = "(/types|/schemas|-status|/action-result)\\.ts$";
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    rule(
      "no-circular",
      "A cycle means that two files are one, or that a third is missing.",
      {},
      { circular: true },
    ),
    rule(
      "nothing-imports-app",
      "app/ holds URLs only; what others need lives in components/ or lib/.",
      { pathNot: "^app/" },
      { path: "^app/" },
    ),
    rule(
      "lib-never-draws",
      "Arrows go app -> components -> lib.",
      { path: "^lib/" },
      { path: "^components/" },
    ),
    rule(
      "app-decides-nothing",
      "Pages and routes call use cases; SDK, SQL and the simulator are not theirs.",
      { path: "^app/" },
      { path: ["^lib/(aws|db|simulator|audit)/", "node_modules/@aws-sdk/", "node_modules/drizzle-orm/"] },
    ),
    rule(
      "components-draw",
      "Components use the two doors lib/queries and lib/actions, and pure files.",
      { path: "^components/", pathNot: "\\.test\\.tsx?$" },
      {
        path: "^lib/(aws|db|auth|audit|simulator|config)",
        pathNot: [PURE, "^lib/(aws/arn|auth/permissions)\\.ts$"],
      },
    ),
    rule(
      "components-read-pure-domain",
      "Only pure files of the domain reach the browser.",
      { path: "^components/" },
      {
        path: "^lib/(image-builder|build-log|component-document|history)/",
        pathNot: [
          PURE,
          "^lib/build-log/(parser|view)/",
          "^lib/component-document/",
          "^lib/image-builder/(as-code|cost|definitions|schedule)/",
          "^lib/image-builder/pipeline-drafts/draft-",
        ],
      },
    ),
    rule(
      "ui-knows-no-domain",
      "components/ui is what any console could use.",
      { path: "^components/ui/" },
      { path: ["^components/(?!ui/)", "^lib/(?!format/)"] },
    ),
    rule(
      "features-stay-apart",
      "One feature does not import another; what two share moves to ui, form, resource-table, resources, component-editor or shell.",
      {
        path: "^components/([^/]+)/",
        pathNot: "^components/(ui|charts|form|resource-table|resources|component-editor|shell)/",
      },
      {
        path: "^components/([^/]+)/",
        pathNot: [
          "^components/$1/",
          "^components/(ui|charts|form|resource-table|resources|component-editor|shell)/",
        ],
      },
    ),
    rule(
      "queries-are-a-door",
      "lib/queries runs in the browser: keys, options, pure types.",
      { path: "^lib/queries/" },
      { path: "^lib/(?!queries/|format/|urls\\.ts)", pathNot: PURE },
    ),
    rule(
      "actions-are-adapters",
      "lib/actions calls use cases.",
      { path: "^lib/actions/" },
      { path: "^lib/(aws|db|simulator|audit)/" },
    ),
    rule(
      "aws-knows-no-domain",
      "lib/aws builds clients, nothing else.",
      { path: "^lib/aws/", pathNot: "\\.test\\.ts$" },
      { path: "^lib/(?!aws/|config|clock|process-singleton|format/|image-builder/action-result)" },
    ),
    rule(
      "sdk-only-where-it-belongs",
      "Only lib/aws, the use cases and the simulator see the SDK.",
      { path: "^(components/|lib/(queries|actions|auth|audit|db|format)/)" },
      { path: "node_modules/@aws-sdk/" },
    ),
    rule(
      "sql-only-where-it-belongs",
      "SQL is spoken by lib/db, lib/audit, lib/auth, lib/history and the drafts of the domain.",
      { path: "^(components/|lib/(queries|actions|aws|format|simulator)/)" },
      { path: ["^lib/db/", "node_modules/drizzle-orm/"] },
    ),
    rule(
      "simulator-is-its-own-room",
      "The simulator imports nothing of ours.",
      { path: "^lib/simulator/" },
      { path: "^(app|components|lib/(?!simulator/))" },
    ),
    rule(
      "nobody-enters-the-simulator",
      "Only its doors are used: index.ts, main.ts; tests also testing.ts.",
      { pathNot: ["^lib/simulator/", "\\.test\\.ts$", "^e2e/", "^lib/testing/"] },
      { path: "^lib/simulator/", pathNot: "^lib/simulator/index\\.ts$" },
    ),
    rule(
      "tests-stay-tests",
      "Product code never imports a test or its support.",
      { pathNot: ["\\.(test|spec)\\.tsx?$", "^e2e/", "^lib/testing/"] },
      { path: ["\\.(test|spec)\\.tsx?$", "^e2e/", "^lib/testing/"] },
    ),
    rule(
      "no-orphan-deps",
      "A dependency must be in package.json.",
      {},
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.data|\\.cache)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
    },
  },
};
