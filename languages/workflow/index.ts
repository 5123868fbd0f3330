/** The door to the language of workflow documents. */
export { awsPages } from "../aws-pages";
export * from "./step-actions";
export * from "./workflow-keys";
