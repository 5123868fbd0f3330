/** What a person reads first; the other members follow as they come. */
const FIRST = [
  "name",
  "semanticVersion",
  "description",
  "status",
  "containerType",
  "platform",
  "parentImage",
  "imageRecipeArn",
  "containerRecipeArn",
  "infrastructureConfigurationArn",
  "distributionConfigurationArn",
  "instanceProfileName",
  "instanceTypes",
  "components",
  "region",
  "schedule",
];
/** Long texts and tags come last. */
const LAST = ["data", "dockerfileTemplateData", "amiTags", "imageTags", "resourceTags", "tags"];

const placeOf = (member: string) =>
  FIRST.includes(member) ? FIRST.indexOf(member) - FIRST.length : LAST.indexOf(member) + 1;

/** The members of a request in the order in which one reads them: a database keeps them in its own. */
export const inReadingOrder = <Value>(input: Record<string, Value>): [string, Value][] =>
  Object.entries(input).toSorted(([a], [b]) => placeOf(a) - placeOf(b));
