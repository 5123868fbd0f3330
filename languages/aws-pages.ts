const guide = "https://docs.aws.amazon.com/imagebuilder/latest/userguide";

/** The pages of AWS that the languages come from, under their names of 2026. */
export const awsPages = {
  documents: `${guide}/toe-use-documents.html`,
  chaining: `${guide}/toe-use-documents.html#document-chaining`,
  schema: `${guide}/toe-use-documents.html#document-schema`,
  variables: `${guide}/toe-user-defined-variables.html`,
  loops: `${guide}/toe-looping-constructs.html`,
  conditions: `${guide}/toe-conditional-constructs.html`,
  comparisons: `${guide}/toe-comparison-operators.html`,
  logic: `${guide}/toe-logical-operators.html`,
  modules: `${guide}/toe-action-modules.html`,
  components: `${guide}/manage-components.html`,
  parameters: `${guide}/tutorial-component-parameters.html`,
  bestPractices: `${guide}/security-best-practices.html`,
  validate: `${guide}/toe-component-manager.html`,
  createComponent: "https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html",
  quotas: "https://docs.aws.amazon.com/general/latest/gr/imagebuilder.html",
  inspector: `${guide}/integ-inspector.html`,
  workflowDocument: `${guide}/image-workflow-create-document.html`,
  workflowActions: `${guide}/wfdoc-step-actions.html`,
  workflowVariables: `${guide}/wfdoc-dynamic-vars.html`,
  workflowConditions: `${guide}/wfdoc-conditional-statements.html`,
  createWorkflow: "https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateWorkflow.html",
  containerRecipe: `${guide}/create-container-recipes.html`,
} as const;
