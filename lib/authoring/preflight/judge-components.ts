import { nameInArn } from "@/lib/core/arn";
import type { PreflightCheck } from "./types";

/** What is known of a base image; absent members are not known. */
export type BaseImageFacts = { platform?: string; osVersion?: string; architecture?: string };

export type ComponentFacts = {
  arn: string;
  isMissing?: boolean;
  platform?: string;
  supportedOsVersions?: string[];
  /** DEPRECATED or DISABLED ones are refused in new recipes. */
  status?: string;
};

/**
 * Whether each component can run on the base image: its platform is the image's, and one of the OS versions it
 * supports begins the image's. https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html
 */
export function judgeComponents(base: BaseImageFacts, components: ComponentFacts[]): PreflightCheck[] {
  const problems = components.flatMap((component) => {
    const said = problemOf(base, component);
    return said ? [{ name: nameInArn(component.arn), said }] : [];
  });
  if (problems.length > 0) {
    return problems.map(({ name, said }) => ({
      id: `component ${name}`,
      step: "recipe",
      state: "problem",
      title: `${name} ${said.title}`,
      evidence: said.evidence,
      fix: "Remove it from the recipe, or choose another version.",
    }));
  }
  if (components.length === 0) return [];
  const supported = base.osVersion ?? base.platform;
  const isOfBase = (version: string) => base.osVersion?.startsWith(version);
  const untold = components.find(
    ({ platform, supportedOsVersions = [] }) => !platform && !supportedOsVersions.some(isOfBase),
  );
  const isOsAsked = components.some(({ supportedOsVersions = [] }) => supportedOsVersions.length > 0);
  const why = !supported
    ? "Can't check the components: the base image doesn't report its platform"
    : untold
      ? `Can't check ${nameInArn(untold.arn)}: AWS doesn't say its platform`
      : isOsAsked && !base.osVersion
        ? "Can't check the components: the base image doesn't report its OS version"
        : undefined;
  return [
    {
      id: "components",
      step: "recipe",
      state: why ? "unknown" : "ok",
      title: why ?? `All components support ${supported}`,
      evidence: components.map(({ arn, platform, supportedOsVersions = [] }) =>
        [nameInArn(arn), platform, supportedOsVersions.join(", ")].filter(Boolean).join(": "),
      ),
    },
  ];
}

function problemOf(
  { platform, osVersion }: BaseImageFacts,
  component: ComponentFacts,
): { title: string; evidence: string[] } | undefined {
  if (component.isMissing) return { title: "cannot be read", evidence: [`${component.arn} doesn't exist.`] };
  if (component.status === "DEPRECATED" || component.status === "DISABLED")
    return {
      title: `is ${component.status.toLowerCase()}`,
      evidence: ["AWS rejects new recipes with it."],
    };
  if (platform && component.platform && platform !== component.platform)
    return {
      title: `is for ${component.platform}`,
      evidence: [`The base image is ${platform}.`],
    };
  const supported = component.supportedOsVersions ?? [];
  if (osVersion && supported.length > 0 && !supported.some((version) => osVersion.startsWith(version)))
    return {
      title: `does not support ${osVersion}`,
      evidence: [`It supports ${supported.join(", ")}.`],
    };
  return undefined;
}
