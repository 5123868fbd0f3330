/** The door to the language of component documents (AWSTOE). */
export { awsPages } from "../aws-pages";
export * from "./action-modules";
export * from "./condition-operators";
export * from "./document-keys";
export * from "./references";
export type * from "./types";
