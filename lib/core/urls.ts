import type { Route } from "next";
import type {
  ImageBuildKey,
  ImageOwner,
  MovableKind,
  ResourceKey,
  ResourceKind,
  ResourceOwner,
} from "./resource-names";

/** What of an image is read by itself, when somebody looks at it. */
type ImagePart =
  | "packages"
  | "findings"
  | "findings/counts"
  | "definition"
  | "users"
  | "sharing"
  | "base-image"
  | "standing";

/** What is read behind a workflow step, when somebody opens it. */
export type StepEvidence = "run-command" | "agent" | "console-output" | "screenshot";

/** Every link of the console: pages first, then the GET routes that polls and streams use. */
// Half of a surrogate pair, as in a name that somebody cut, would throw where a link is drawn.
const segment = (text: string) => encodeURIComponent(text.toWellFormed());
const route = (path: string) => path as Route;
const build = ({ name, version, build: number }: ImageBuildKey) =>
  `${segment(name)}/${segment(version)}/${segment(number)}`;

/** Where the pages of a kind are, below the target. */
const ROOMS: Record<ResourceKind, string> = {
  component: "build-components",
  "image-recipe": "recipes/image",
  "container-recipe": "recipes/container",
  "infrastructure-configuration": "infrastructure",
  "distribution-configuration": "distribution",
  workflow: "workflows",
  "lifecycle-policy": "lifecycle",
  "image-pipeline": "pipelines",
};
/** Both kinds of recipe are on one list. */
const listOf = (kind: ResourceKind) => ROOMS[kind].split("/")[0];
type Question = Record<string, string | undefined>;
const queryOf = (entries: Question) => {
  const given = Object.entries(entries).flatMap(([key, value]) => (value ? [[key, value]] : []));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
};
const resourcePath = (target: string, { kind, name }: Pick<ResourceKey, "kind" | "name">) =>
  `/${segment(target)}/${ROOMS[kind]}/${segment(name)}`;

export const urls = {
  home: () => route("/"),
  overview: (target: string) => route(`/${segment(target)}`),
  pipelines: (target: string) => route(`/${segment(target)}/pipelines`),
  newPipeline: (target: string) => route(`/${segment(target)}/pipelines/new`),
  /** A step of a pipeline that is being defined. */
  draft: (target: string, id: string, step: string) =>
    route(`/${segment(target)}/pipelines/new/${segment(id)}/${step}`),
  pipeline: (target: string, name: string) => route(`/${segment(target)}/pipelines/${segment(name)}`),
  /** What a clean-up of a pipeline removes, from where it is begun. */
  cleanUp: (target: string, name: string) => route(`${urls.pipeline(target, name)}/clean-up`),
  /** Builds of all pipelines, with what they are looked for by. */
  builds: (target: string, state: Question = {}) => route(`/${segment(target)}/builds${queryOf(state)}`),
  /** Images of the account; `filters` are those of its table. */
  images: (target: string, filters: Question = {}) => route(`/${segment(target)}/images${queryOf(filters)}`),
  /** Images by name instead of builds; `owner` is whose. */
  imagesByName: (target: string, owner: ImageOwner) =>
    route(`/${segment(target)}/images${queryOf({ owner })}`),
  image: (target: string, name: string, owner?: ImageOwner) =>
    route(
      `/${segment(target)}/images/${segment(name)}${queryOf({ owner: owner === "Self" ? undefined : owner })}`,
    ),
  imageBuild: (target: string, key: ImageBuildKey) => route(`/${segment(target)}/images/${build(key)}`),
  /** A build's page, at a line of its log, from 1. */
  buildLogLine: (target: string, key: ImageBuildKey, line: number) =>
    route(`/${segment(target)}/images/${build(key)}#L${line}`),
  /** The component that failed in a build, to be mended in a new version. */
  fixBuild: (target: string, key: ImageBuildKey) => route(`/${segment(target)}/images/${build(key)}/fix`),
  /** One of the history's questions, with what it is asked about. */
  history: (target: string, state: Question = {}) => route(`/${segment(target)}/history${queryOf(state)}`),
  approvals: (target: string) => route(`/${segment(target)}/approvals`),
  /** What runs or would start from AMIs; `filters` are those of its table. */
  fleet: (target: string, filters: Question = {}) => route(`/${segment(target)}/fleet${queryOf(filters)}`),
  /** Where an instance is moved to another zone or Region, step by step. */
  move: (target: string, { region, instanceId }: { region: string; instanceId: string }) =>
    route(`/${segment(target)}/fleet/move${queryOf({ region, instance: instanceId })}`),
  /** AMIs in all Regions of a target; `filters` are those of its table. */
  amis: (target: string, filters: Question = {}) => route(`/${segment(target)}/amis${queryOf(filters)}`),
  ami: (target: string, { region, amiId }: { region: string; amiId: string }) =>
    route(`/${segment(target)}/amis/${segment(region)}/${segment(amiId)}`),
  rollOuts: (target: string) => route(`/${segment(target)}/roll-outs`),
  rollOut: (target: string, id: string) => route(`/${segment(target)}/roll-outs/${segment(id)}`),
  /** The preview of a roll-out to a group, from which it is started. */
  newRollOut: (target: string, key: { region: string; group: string }) =>
    route(`/${segment(target)}/roll-outs/new${queryOf({ region: key.region, group: key.group })}`),
  /** A roll-out of several groups. */
  rollOutSeries: (target: string, id: string) => route(`/${segment(target)}/roll-outs/series/${segment(id)}`),
  /** The preview of one, from which it is started; a group is `Region/name`. */
  newSeries: (target: string, groups: { region: string; group: string }[]) =>
    route(
      `/${segment(target)}/roll-outs/several?${new URLSearchParams(groups.map(({ region, group }) => ["group", `${region}/${group}`]))}`,
    ),
  compareBuildLogs: (target: string, key: ImageBuildKey, before?: ImageBuildKey) =>
    route(`/${segment(target)}/images/${build(key)}/compare${queryOf({ with: before && build(before) })}`),
  searchLogs: (target: string, text?: string) => route(`/${segment(target)}/search-logs${queryOf({ text })}`),
  /** What happened; `filter` is that of its page. */
  activity: (target: string, filter: Question = {}) =>
    route(`/${segment(target)}/activity${queryOf(filter)}`),
  audit: (target: string) => route(`/${segment(target)}/audit`),
  settings: (target: string) => route(`/${segment(target)}/settings`),
  notifications: (target: string) => route(`/${segment(target)}/notifications`),
  awsPermissions: (target: string) => route(`/${segment(target)}/aws-permissions`),
  apiTokens: (target: string) => route(`/${segment(target)}/api-tokens`),
  /** What programs can ask of the API. */
  apiReference: (target: string) => route(`/${segment(target)}/api`),
  /** The list of a kind; recipes of both kinds share one. */
  resources: (target: string, kind: ResourceKind, owner?: ResourceOwner) =>
    route(`/${segment(target)}/${listOf(kind)}${queryOf({ owner: owner === "Self" ? undefined : owner })}`),
  /** A component's document, opened at a step. */
  componentStep: (
    target: string,
    key: { name: string; version?: string; owner?: ResourceOwner },
    step: string,
  ) => route(`${urls.resource(target, { kind: "component", ...key })}#${new URLSearchParams({ step })}`),
  resource: (target: string, key: ResourceKey) =>
    route(
      `${resourcePath(target, key)}${queryOf({ version: key.version, owner: key.owner === "Self" ? undefined : key.owner })}`,
    ),
  /** A new resource; `from` names one to begin with: another version of it, or a copy. */
  newResource: (
    target: string,
    kind: ResourceKind,
    from?: { name: string; version?: string; owner?: string; as: "version" | "copy" },
  ) =>
    route(
      `/${segment(target)}/${ROOMS[kind]}/new${queryOf({ from: from?.name, version: from?.version, owner: from?.owner, as: from?.as })}`,
    ),
  editResource: (target: string, kind: ResourceKind, name: string) =>
    route(`${resourcePath(target, { kind, name })}/edit`),
  /** Moves what uses one version of a component, workflow or recipe to another. */
  moveVersion: (target: string, kind: MovableKind, name: string, versions: { from: string; to: string }) =>
    route(`${resourcePath(target, { kind, name })}/move${queryOf(versions)}`),
  importImage: (target: string) => route(`/${segment(target)}/images/import`),
  importComponent: (target: string) => route(`/${segment(target)}/build-components/import`),
  /** `back` is the page to go to afterwards. */
  signIn: (back?: string) => route(back ? `/sign-in?to=${segment(back)}` : "/sign-in"),
  /** `refused` is what one may not do, which the page explains. */
  account: (refused?: { action: string; target?: string }) =>
    route(
      refused ? `/account?for=${segment(refused.action)}&on=${segment(refused.target ?? "")}` : "/account",
    ),
};

export const apiUrls = {
  history: (target: string, show: string, state: Question) =>
    `/api/${segment(target)}/history/${show}${queryOf(state)}`,
  historyProgress: (target: string) => `/api/${segment(target)}/history/progress`,
  historyPipelines: (target: string, state: Question) =>
    `/api/${segment(target)}/history/pipelines${queryOf(state)}`,
  historyExport: (target: string, format: "csv" | "json", state: Question) =>
    `/api/${segment(target)}/history/export${queryOf({ ...state, format })}`,
  startSignIn: (back: string) => `/api/auth/sign-in?to=${segment(back)}`,
  /** Asks the person to prove again who they are, and comes back. */
  signInAgain: (back: string) => `/api/auth/sign-in?to=${segment(back)}&as=again`,
  /** Lets the person choose another account. */
  signInAsOther: (back: string) => `/api/auth/sign-in?to=${segment(back)}&as=other`,
  draftCompany: (target: string, id: string, windowId: string) =>
    `/api/${segment(target)}/drafts/${segment(id)}/company${queryOf({ window: windowId })}`,
  draftChecks: (target: string, id: string, step: string) =>
    `/api/${segment(target)}/drafts/${segment(id)}/checks${queryOf({ step })}`,
  settings: (target: string) => `/api/${segment(target)}/settings`,
  metricsExport: (target: string) => `/api/${segment(target)}/metrics-export`,
  unanswered: (target: string) => `/api/${segment(target)}/unanswered`,
  overview: (target: string) => `/api/${segment(target)}/overview`,
  pipelines: (target: string) => `/api/${segment(target)}/pipelines`,
  pipeline: (target: string, name: string) => `/api/${segment(target)}/pipelines/${segment(name)}`,
  cleanUp: (target: string, name: string) => `${apiUrls.pipeline(target, name)}/clean-up`,
  builds: (target: string, state: Question) => `/api/${segment(target)}/builds${queryOf(state)}`,
  fleet: (target: string) => `/api/${segment(target)}/fleet`,
  fleetExport: (target: string) => `/api/${segment(target)}/fleet/export`,
  amis: (target: string) => `/api/${segment(target)}/amis`,
  ami: (target: string, { region, amiId }: { region: string; amiId: string }) =>
    `/api/${segment(target)}/amis/${segment(region)}/${segment(amiId)}`,
  amisExport: (target: string) => `/api/${segment(target)}/amis/export`,
  move: (target: string, { region, instanceId }: { region: string; instanceId: string }) =>
    `/api/${segment(target)}/move${queryOf({ region, instance: instanceId })}`,
  movePreview: (target: string, asked: { region: string; instance: string; to: string; type?: string }) =>
    `/api/${segment(target)}/move-preview${queryOf(asked)}`,
  rollOuts: (target: string) => `/api/${segment(target)}/roll-outs`,
  rollOut: (target: string, id: string) => `/api/${segment(target)}/roll-outs/${segment(id)}`,
  rollOutSeries: (target: string, id: string) => `/api/${segment(target)}/roll-out-series/${segment(id)}`,
  /** The states of alarms by their names. */
  alarmStates: (target: string, region: string, names: string[]) =>
    `/api/${segment(target)}/alarm-states?${new URLSearchParams([["region", region], ...names.map((name) => ["name", name])])}`,
  rollOutPreview: (target: string, key: { region: string; group: string }) =>
    `/api/${segment(target)}/roll-out-preview${queryOf({ region: key.region, group: key.group })}`,
  templateCopy: (target: string, key: { region: string; group: string }) =>
    `/api/${segment(target)}/template-copy${queryOf({ region: key.region, group: key.group })}`,
  newestImages: (target: string) => `/api/${segment(target)}/newest-images`,
  imageBuilds: (target: string) => `/api/${segment(target)}/image-builds`,
  imageBuild: (target: string, key: ImageBuildKey) => `/api/${segment(target)}/image-builds/${build(key)}`,
  imagePart: (target: string, key: ImageBuildKey, part: ImagePart) =>
    `/api/${segment(target)}/image-builds/${build(key)}/${part}`,
  imageComparison: (target: string, key: ImageBuildKey, before?: ImageBuildKey) =>
    `/api/${segment(target)}/image-builds/${build(key)}/comparison${queryOf({ with: before && build(before) })}`,
  findingsFile: (target: string, key: ImageBuildKey) =>
    `/api/${segment(target)}/image-builds/${build(key)}/findings/export`,
  images: (target: string, owner?: ImageOwner) => `/api/${segment(target)}/images${queryOf({ owner })}`,
  image: (target: string, name: string, owner?: ImageOwner) =>
    `/api/${segment(target)}/images/${segment(name)}${queryOf({ owner })}`,
  recipesOnImage: (target: string, name: string, owner: ImageOwner) =>
    `/api/${segment(target)}/images/${segment(name)}/recipes${queryOf({ owner })}`,
  logComparison: (target: string, key: ImageBuildKey, before?: ImageBuildKey) =>
    `/api/${segment(target)}/image-builds/${build(key)}/log/comparison${queryOf({ with: before && build(before) })}`,
  logSearch: (target: string, text: string, days: number) =>
    `/api/${segment(target)}/log-search${queryOf({ text, days: String(days) })}`,
  logLine: (target: string, key: ImageBuildKey, at: number, message: string) =>
    `/api/${segment(target)}/image-builds/${build(key)}/log/line${queryOf({ at: String(at), message })}`,
  pipelineLog: (target: string, name: string) => `/api/${segment(target)}/pipelines/${segment(name)}/log`,
  buildLog: (target: string, key: ImageBuildKey) => `/api/${segment(target)}/image-builds/${build(key)}/log`,
  diagnosis: (target: string, key: ImageBuildKey) =>
    `/api/${segment(target)}/image-builds/${build(key)}/diagnosis`,
  stepEvidence: (target: string, key: ImageBuildKey, step: string, evidence: StepEvidence) =>
    `/api/${segment(target)}/image-builds/${build(key)}/steps/${segment(step)}/${evidence}`,
  keptLog: (log: string, firstPart: number, lastPart: number) =>
    `${log}/kept?first=${firstPart}&last=${lastPart}`,
  keptLogIndex: (log: string) => `${log}/kept/index`,
  buildLogFile: (log: string, format: "text" | "csv") => `${log}/download?format=${format}`,
  notifications: (target: string) => `/api/${segment(target)}/notifications`,
  waitingSteps: (target: string) => `/api/${segment(target)}/approvals`,
  activity: (target: string, state: Question) => `/api/${segment(target)}/activity${queryOf(state)}`,
  audit: (target: string, query: URLSearchParams) => `/api/${segment(target)}/audit?${query}`,
  auditFile: (target: string, format: "csv" | "jsonl", query: URLSearchParams) =>
    `/api/${segment(target)}/audit/export?format=${format}&${query}`,
  scanning: (target: string) => `/api/${segment(target)}/scanning`,
  awsPermissions: (target: string) => `/api/${segment(target)}/aws-permissions`,
  rolePolicy: (target: string, role: string) => `/api/${segment(target)}/role-policy${queryOf({ role })}`,
  apiTokens: (target: string) => `/api/${segment(target)}/api-tokens`,
  auditChain: (target: string) => `/api/${segment(target)}/audit/chain`,
  resources: (target: string, kind: ResourceKind, owner?: ResourceOwner) =>
    `/api/${segment(target)}/resources/${kind}${queryOf({ owner })}`,
  favorites: (target: string) => `/api/${segment(target)}/favorites`,
  views: (target: string, list: string) => `/api/${segment(target)}/views${queryOf({ list })}`,
  usage: (target: string, kind: ResourceKind) => `/api/${segment(target)}/usage/${kind}`,
  resource: (target: string, { kind, name, version, owner }: ResourceKey) =>
    `/api/${segment(target)}/resources/${kind}/${segment(name)}${queryOf({ version, owner })}`,
  choices: (target: string, kind: string, region?: string) =>
    `/api/${segment(target)}/choices/${kind}${queryOf({ region })}`,
  movePlan: (target: string, kind: ResourceKind, name: string, versions: { from: string; to: string }) =>
    `/api/${segment(target)}/resources/${kind}/${segment(name)}/move${queryOf(versions)}`,
  accountComparison: (target: string, { kind, name, version }: ResourceKey, other: string) =>
    `/api/${segment(target)}/resources/${kind}/${segment(name)}/account-comparison${queryOf({ version, with: other })}`,
  deletionPlan: (target: string, { kind, name, version }: ResourceKey) =>
    `/api/${segment(target)}/resources/${kind}/${segment(name)}/deletion${queryOf({ version })}`,
  search: (target: string, text: string, only?: string) =>
    `/api/${segment(target)}/search${queryOf({ text, only })}`,
};

/** Addresses of the API for programs, where an answer names another one. */
export const apiV1Urls = {
  document: () => "/api/v1/openapi.json",
  activityFeed: (target: string, state: Question = {}) =>
    `/api/v1/targets/${segment(target)}/activity.atom${queryOf(state)}`,
  scheduleCalendar: (target: string, state: Question = {}) =>
    `/api/v1/targets/${segment(target)}/schedules.ics${queryOf(state)}`,
  build: (target: string, key: ImageBuildKey) => `/api/v1/targets/${segment(target)}/builds/${build(key)}`,
};

const BUILD_PAGE = /^\/([^/]+)\/images\/([^/]+)\/([^/]+)\/(\d+)$/;

/** The address of the log that the page at a path shows; undefined where it shows none. */
export function buildLogOfPage(pathname: string): string | undefined {
  const [, target, name, version, number] = BUILD_PAGE.exec(pathname)?.map(decodeURIComponent) ?? [];
  if (!target || !name || !version || !number) return undefined;
  return apiUrls.buildLog(target, { name, version, build: number });
}
