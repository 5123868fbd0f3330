import { awsPages } from "../aws-pages";
import { fileModules } from "./file-action-modules";
import { generalModules } from "./general-action-modules";
import { systemModules } from "./system-action-modules";
import type { ActionModule } from "./types";

/** Every action module of AWSTOE, in the order of the guide. */
export const actionModules: readonly ActionModule[] = [
  ...generalModules,
  ...fileModules,
  ...systemModules,
].map((module) => ({ ...module, link: `${awsPages.modules}#action-modules-${module.name.toLowerCase()}` }));

const byName = new Map(actionModules.map((module) => [module.name, module]));

/** The module of that exact name: AWSTOE's names are case-sensitive. */
export const actionModule = (name: string) => byName.get(name);

export const moduleInput = (module: ActionModule, name: string) =>
  module.inputs.find((input) => input.name === name);
