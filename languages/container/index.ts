/** The door to the language of container recipes: what stands in a Dockerfile template, and what goes with it. */
export { awsPages } from "../aws-pages";
export * from "./template-variables";
