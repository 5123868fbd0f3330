import { parseArn, parseImageBuilderArn } from "@/lib/core/arn";

/** Something in AWS that an input names: the console, or Image Builder for it, will read it or write to it. */
export type NamedThing = {
  kind:
    | "image-builder"
    | "image-log"
    | "pipeline-log"
    | "read-parameter"
    | "written-parameter"
    | "s3"
    | "launch-template"
    | "repository"
    | "read-repository";
  /** As it was named. */
  shown: string;
  /** Any of these being covered by a grant is enough; none means that only a grant for all names covers it. */
  names: string[];
  /** Of an Image Builder resource: whose it is, and its kind. */
  accountId?: string;
  resourceKind?: string;
};

/** A thing with what it was read from: `places` are the strings of it at whose ends somebody may type on. */
type FoundThing = NamedThing & { member: string; places: [before: string, after: string][] };

/** Prose and documents: nothing looks up what they mention. */
const FREE_TEXT = new Set([
  ...["description", "changeDescription", "reason", "message", "text"],
  ...["data", "dockerfileTemplateData", "userDataOverride"],
]);

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const REPOSITORY_URI = /^(?:https:\/\/)?(\d{12})\.dkr[.-]ecr(?:-fips)?\.[a-z0-9.-]+\/([^:@]+)/i;

type Recognizer = (value: string) => NamedThing;
const BY_MEMBER: [member: RegExp, recognize: Recognizer][] = [
  [/logGroup(Name)?$/i, (value) => logGroup(value)],
  [/^(ssm)?parameterName$/i, (value) => parameter("written-parameter", value)],
  [/^launchTemplateId$/i, (shown) => ({ kind: "launch-template", shown, names: [] })],
  [/^launchTemplateName$/i, (shown) => ({ kind: "launch-template", shown, names: [shown] })],
  [/repositoryName$/i, (shown) => ({ kind: "repository", shown, names: shown.split("/").slice(0, 1) })],
];

/** All that a value names, whatever its shape: every string of it is looked at. */
export function thingsNamedIn(input: unknown): FoundThing[] {
  const things: FoundThing[] = [];
  // A list instead of a recursion: JSON may be nested deeper than the stack is high.
  const left: { member: string; value: unknown }[] = [{ member: "", value: input }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { member, value } = next;
    if (typeof value === "string") {
      const text = value.trim();
      const thing = thingIn(member, text);
      if (thing) things.push({ ...thing, member, places: [[text, ""]] });
    } else if (Array.isArray(value)) {
      for (const item of value) left.push({ member, value: item });
    } else if (isPlain(value)) {
      const bucket = bucketIn(value);
      if (bucket) things.push(bucket);
      for (const [key, inner] of Object.entries(value)) {
        if (!(FREE_TEXT.has(key) && typeof inner === "string")) left.push({ member: key, value: inner });
      }
    }
  }
  return things;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as typeof Object.prototype | null);

function thingIn(member: string, value: string): NamedThing | undefined {
  if (value === "") return undefined;
  const ours = parseImageBuilderArn(value);
  if (ours) {
    const { accountId, kind: resourceKind, name } = ours;
    return { kind: "image-builder", shown: value, names: [name], accountId, resourceKind };
  }
  const byMember = BY_MEMBER.find(([pattern]) => pattern.test(member))?.[1];
  if (byMember) return byMember(value);
  const [, scheme = "", rest = ""] = /^(ssm:|s3:\/\/)(.*)$/is.exec(value) ?? [];
  if (scheme.toLowerCase() === "ssm:") return parameter("read-parameter", rest);
  if (scheme) return bucket(rest);
  const { service, resource = "" } = parseArn(value) ?? {};
  if (service === "ssm" && /^parameter\//.test(resource)) return parameter("read-parameter", value);
  if (service === "s3") return bucket(resource);
  if (service === "logs" && resource.startsWith("log-group:")) return logGroup(value);
  const [, accountId, repository = ""] = REPOSITORY_URI.exec(value) ?? [];
  if (accountId) {
    return { kind: "read-repository", shown: value, names: repository.split("/").slice(0, 1), accountId };
  }
  return undefined;
}

/** `/aws/imagebuilder/<image>` and `/aws/imagebuilder/pipeline/<pipeline>` belong to a name; other groups to none. */
function logGroup(shown: string): NamedThing {
  const arn = parseArn(shown);
  const group = arn ? arn.resource.replace(/^log-group:/, "").replace(/:\*?$/, "") : shown;
  const [, pipeline, name] = /^\/aws\/imagebuilder\/(pipeline\/)?([^/:]+)$/.exec(group) ?? [];
  return { kind: pipeline ? "pipeline-log" : "image-log", shown, names: name ? [name] : [] };
}

/** A parameter belongs to the name that its path begins with, or has after `/imagebuilder/`. */
function parameter(kind: "read-parameter" | "written-parameter", text: string): NamedThing {
  const segments = parameterPath(text).trim().split("/").filter(Boolean);
  const [name] = segments[0] === "imagebuilder" ? segments.slice(1) : segments;
  return { kind, shown: text, names: name ? [name] : [] };
}

/** An object belongs to the name of its bucket, or to the first part of its key. */
function bucket(place: string): NamedThing {
  const [bucketName, first] = place.split("/").filter(Boolean);
  return {
    kind: "s3",
    shown: `s3://${place}`,
    names: [bucketName, first].filter((name) => name !== undefined),
  };
}

function bucketIn(value: Record<string, unknown>): FoundThing | undefined {
  const name = value.s3Bucket ?? value.s3BucketName;
  if (typeof name !== "string" || name === "") return undefined;
  const given = value.s3Prefix ?? value.s3KeyPrefix;
  const key = typeof given === "string" ? given : "";
  const places: FoundThing["places"] = [
    [`s3://${name}`, `/${key}`],
    [`s3://${name}/${key}`, ""],
  ];
  return { ...bucket(`${name}/${key}`), member: "", places };
}

/**
 * What a half-typed thing could be once somebody whose names begin with `prefix` has typed on at the end of it, or
 * nothing when it stands for something else whatever follows. An ARN without its resource can still be any.
 */
export function typedOn({ member, places }: FoundThing, prefix: string): NamedThing[] {
  const rests = new Set(
    FORMS.map((form) => form(prefix)).flatMap((form) =>
      Array.from({ length: form.length + 1 }, (_, typed) => form.slice(typed)),
    ),
  );
  return places.flatMap(([before, after]) =>
    [...rests].flatMap((rest) => thingIn(member, `${before}${rest}${after}`) ?? []),
  );
}

/** Whether a string is an ARN of which the resource is still to come. */
export const isUnfinishedArn = ({ places }: FoundThing): boolean =>
  places.some(([before]) => /^(ssm:ar?|(ssm:)?arn(:[^:/]*){0,4}(:[a-z-]*)?)$/i.test(before));

/** Each way to name something that belongs to a name. */
const FORMS: ((name: string) => string)[] = [
  (name) => name,
  (name) => `/aws/imagebuilder/${name}`,
  (name) => `/aws/imagebuilder/pipeline/${name}`,
  (name) => `/${name}`,
  (name) => `/imagebuilder/${name}`,
  (name) => `ssm:/${name}`,
  (name) => `ssm:/imagebuilder/${name}`,
  () => "ssm:/aws/service/",
  (name) => `s3://${name}`,
];

/** Parameters that AWS itself publishes are everybody's. */
export const isPublic = ({ kind, shown }: NamedThing): boolean =>
  kind === "read-parameter" && parameterPath(shown).startsWith("/aws/service/");

/** The name of a parameter, which may stand in an ARN. */
const parameterPath = (text: string): string => parseArn(text)?.resource.replace(/^parameter/, "") ?? text;
