export interface TemplateVariable {
  name: string;
  needed: "always" | "with components";
  description: string;
}

/**
 * What Image Builder fills in, written `{{{ imagebuilder:name }}}` and in this order: the components need the
 * environment that is set before them. https://docs.aws.amazon.com/imagebuilder/latest/userguide/create-container-recipes.html
 */
export const templateVariables: readonly TemplateVariable[] = [
  { name: "parentImage", needed: "always", description: "The base image, after FROM." },
  { name: "environments", needed: "with components", description: "Sets what the components need." },
  { name: "components", needed: "with components", description: "Runs the components." },
];

/** Containers are never of macOS. */
export const containerPlatforms = ["Linux", "Windows"] as const;

/** The account in the ARN of a component of the Marketplace: no container recipe takes one. */
export const marketplaceAccount = "aws-marketplace";
