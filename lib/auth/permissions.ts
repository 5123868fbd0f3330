import { type Actor, type Grant, type Refusals, ROLES, type Role } from "@/lib/core/actor";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { namedSo } from "@/lib/core/name-rule";

type Rule = {
  role: Role;
  /** Completes "You need the role operator to ...". */
  does: string;
  /** True for what cannot be taken back or reaches beyond the account: the person must have signed in lately. */
  fresh?: true;
  /**
   * The member of the input that carries the name which a grant's prefix is held against: the name itself, or an
   * Image Builder ARN in `arn`. Absent for what is about no single name, such as a list.
   */
  names?: "name" | "key.name" | "build.name" | "input.name" | "policy.name" | "namePrefix" | "arn";
};

/**
 * Every use case by the name of its file, with the least role that may call it. A use case without a row does
 * not compile; `lib/testing/use-cases.test.ts` loads them all and holds them against this table.
 */
export const PERMISSIONS = {
  "list-targets": { role: "viewer", does: "see the targets" },
  "get-unanswered-call": { role: "viewer", does: "see the AWS calls that wait for an answer" },
  "get-overview": { role: "viewer", does: "see the overview" },
  "get-all-overview": { role: "viewer", does: "see the overview of all accounts" },
  "list-all-images": { role: "viewer", does: "see the images of all accounts" },
  "list-all-activity": { role: "viewer", does: "see the activity of all accounts" },
  "list-all-waiting-steps": { role: "viewer", does: "see what waits in all accounts" },
  "list-all-pipelines": { role: "viewer", does: "see the pipelines of all accounts" },
  "search-resources": { role: "viewer", does: "search" },
  "search-all-accounts": { role: "viewer", does: "search all accounts" },
  "list-favorites": { role: "viewer", does: "see your favorites" },
  "set-favorite": { role: "viewer", does: "star this", names: "name" },
  "list-views": { role: "viewer", does: "see saved views" },
  "save-view": { role: "viewer", does: "save this view" },
  "delete-view": { role: "viewer", does: "delete this view" },
  "share-view": { role: "author", does: "save, change, or delete views for the team" },
  "list-pipelines": { role: "viewer", does: "see pipelines" },
  "get-pipeline": { role: "viewer", does: "see this pipeline", names: "name" },
  "run-pipeline": { role: "operator", does: "run this pipeline", names: "name" },
  "set-pipeline-status": { role: "author", does: "enable or disable this pipeline", names: "name" },
  "list-resources": { role: "viewer", does: "see the recipes and configurations of pipelines" },
  "list-usage": { role: "viewer", does: "see what uses recipes and configurations" },
  "plan-bulk-deletion": { role: "viewer", does: "see what can be deleted" },
  "get-resource": { role: "viewer", does: "see this resource", names: "name" },
  "compare-accounts": { role: "viewer", does: "compare this resource between accounts", names: "name" },
  "list-choices": { role: "viewer", does: "see what forms offer" },
  "change-lifecycle-policy": {
    role: "admin",
    does: "create or change this lifecycle policy",
    fresh: true,
    names: "name",
  },
  "preview-lifecycle-policy": { role: "author", does: "preview this policy", names: "policy.name" },
  "run-preflight": { role: "author", does: "check what this pipeline needs", names: "name" },
  "create-resource": { role: "author", does: "create this resource", names: "input.name" },
  "import-component": { role: "author", does: "import a script as this component", names: "input.name" },
  "check-resource": { role: "author", does: "validate this document with AWS", names: "input.name" },
  "update-resource": { role: "author", does: "change this resource", names: "name" },
  "set-resource-tags": { role: "author", does: "change the tags of this resource", names: "arn" },
  "plan-version-move": { role: "viewer", does: "see what uses this version", names: "name" },
  "plan-deletion": { role: "viewer", does: "see what uses this resource", names: "name" },
  "delete-resource": { role: "admin", does: "delete this resource", fresh: true, names: "arn" },
  "list-drafts": { role: "author", does: "see drafts of pipelines" },
  "get-draft": { role: "author", does: "see this draft" },
  "check-draft": { role: "author", does: "check this draft in AWS" },
  "visit-draft": { role: "author", does: "see other people in this draft" },
  "create-draft": { role: "author", does: "begin a pipeline" },
  "save-draft": { role: "author", does: "change this draft" },
  "discard-draft": { role: "author", does: "discard this draft" },
  "begin-creation": { role: "author", does: "create this pipeline" },
  "run-creation-step": { role: "author", does: "create this pipeline" },
  "remove-created": { role: "author", does: "delete the resources created from this draft", fresh: true },
  "list-image-builds": { role: "viewer", does: "see builds" },
  "find-builds": { role: "viewer", does: "see builds" },
  "list-images": { role: "viewer", does: "see images" },
  "get-image-build": { role: "viewer", does: "see this build", names: "name" },
  "list-image-packages": { role: "viewer", does: "see the packages of this image", names: "name" },
  "list-scan-findings": { role: "viewer", does: "see the findings of this image", names: "name" },
  "count-scan-findings": { role: "viewer", does: "see the findings of this image", names: "name" },
  "export-scan-findings": { role: "viewer", does: "export the findings of this image", names: "name" },
  "get-image-definition": { role: "viewer", does: "see the recipe of this image", names: "name" },
  "describe-base-image": { role: "viewer", does: "see the recipe of this image", names: "name" },
  "compare-image-builds": { role: "viewer", does: "compare this image", names: "name" },
  "list-image-versions": { role: "viewer", does: "see images" },
  "get-image-versions": { role: "viewer", does: "see this image", names: "name" },
  "find-recipes-on-image": { role: "viewer", does: "see what uses this image", names: "name" },
  "import-image": { role: "author", does: "import this image", names: "input.name" },
  "find-image-users": { role: "viewer", does: "see what uses this image", names: "name" },
  "get-image-sharing": { role: "viewer", does: "see the sharing of this image", names: "name" },
  "share-image-build": { role: "admin", does: "share this image", fresh: true, names: "key.name" },
  "set-image-state": {
    role: "admin",
    does: "deprecate or disable this image",
    fresh: true,
    names: "key.name",
  },
  "delete-image-build": { role: "admin", does: "delete this image", fresh: true, names: "key.name" },
  "read-build-log": { role: "viewer", does: "read this build's log", names: "name" },
  "read-log-head": { role: "viewer", does: "read this build's log", names: "name" },
  "read-kept-log": { role: "viewer", does: "read this build's log", names: "name" },
  "read-kept-log-index": { role: "viewer", does: "read this build's log", names: "name" },
  "read-log-excerpt": { role: "viewer", does: "read this build's log", names: "name" },
  "read-pipeline-log": { role: "viewer", does: "read this pipeline's log", names: "name" },
  "compare-build-logs": { role: "viewer", does: "compare this build's log", names: "name" },
  "search-build-logs": { role: "viewer", does: "search the logs of builds" },
  "find-log-line": { role: "viewer", does: "read this build's log", names: "name" },
  "diagnose-image-build": { role: "viewer", does: "see why this build failed", names: "name" },
  "read-run-command": { role: "viewer", does: "read what this build's steps ran", names: "name" },
  "read-agent-status": { role: "viewer", does: "see whether this build's instances reported", names: "name" },
  "read-console-output": {
    role: "operator",
    does: "read the console of this build's instances",
    names: "name",
  },
  "read-console-screenshot": {
    role: "operator",
    does: "see the screen of this build's instances",
    names: "name",
  },
  "cancel-image-build": { role: "operator", does: "cancel this build", names: "name" },
  "retry-image-build": { role: "operator", does: "retry this build", names: "name" },
  "list-waiting-steps": { role: "viewer", does: "see pending approvals" },
  "answer-waiting-step": {
    role: "operator",
    does: "approve or reject the waiting step of this build",
    names: "build.name",
  },
  "get-fleet": { role: "viewer", does: "see what runs from images" },
  "export-fleet": { role: "viewer", does: "export what runs from images" },
  "list-amis": { role: "viewer", does: "see AMIs" },
  "get-ami": { role: "viewer", does: "see this AMI" },
  "export-amis": { role: "viewer", does: "export AMIs" },
  "deprecate-ami": { role: "admin", does: "deprecate this AMI" },
  "disable-ami": { role: "admin", does: "disable this AMI", fresh: true },
  "enable-ami": { role: "admin", does: "enable this AMI", fresh: true },
  "deregister-ami": { role: "admin", does: "deregister this AMI", fresh: true },
  "protect-ami": { role: "admin", does: "change the protection of this AMI" },
  "preview-ami-sharing": { role: "author", does: "see who could launch this AMI" },
  "share-ami": { role: "admin", does: "share this AMI", fresh: true },
  "copy-ami": { role: "author", does: "copy this AMI" },
  "create-ami": { role: "author", does: "create an AMI from this instance" },
  "preview-move": { role: "author", does: "see what a move of this instance does" },
  "get-move": { role: "viewer", does: "see the move of this instance" },
  "begin-move": { role: "author", does: "move this instance" },
  "change-move": { role: "author", does: "change where this instance moves" },
  "create-move-ami": { role: "author", does: "create an AMI from this instance" },
  "copy-move-ami": { role: "author", does: "copy the AMI of this instance" },
  "launch-moved-instance": { role: "admin", does: "launch the new instance" },
  "stop-moved-instance": { role: "admin", does: "stop this instance", fresh: true },
  "end-move": { role: "author", does: "end the move of this instance" },
  "request-ami-usage": { role: "operator", does: "request a usage report of this AMI" },
  "preview-template-copy": { role: "viewer", does: "see the launch configuration of this group" },
  "copy-launch-configuration": { role: "author", does: "copy the launch configuration of this group" },
  "list-tokens": { role: "viewer", does: "see API tokens" },
  "create-token": { role: "viewer", does: "create this API token", fresh: true },
  "revoke-token": { role: "viewer", does: "revoke this API token" },
  "manage-tokens": { role: "admin", does: "manage the API tokens of services and of others" },
  "list-roll-outs": { role: "viewer", does: "see roll-outs" },
  "get-roll-out": { role: "viewer", does: "see this roll-out" },
  "preview-roll-out": { role: "viewer", does: "see what a roll-out replaces" },
  "start-roll-out": { role: "operator", does: "roll out to this group" },
  "cancel-roll-out": { role: "operator", does: "cancel this roll-out" },
  "roll-back-roll-out": { role: "operator", does: "roll back this roll-out" },
  "continue-roll-out": { role: "operator", does: "continue this roll-out" },
  "return-roll-out": { role: "operator", does: "return this group to an earlier version" },
  "check-alarms": { role: "operator", does: "see the state of these alarms" },
  "get-roll-out-series": { role: "viewer", does: "see this roll-out" },
  "start-roll-out-series": { role: "operator", does: "roll out to these groups" },
  "continue-roll-out-series": { role: "operator", does: "start the roll-out to this group" },
  "skip-series-group": { role: "operator", does: "skip this group" },
  "end-roll-out-series": { role: "operator", does: "end this roll-out" },
  "list-activity": { role: "viewer", does: "see the activity" },
  "list-scheduled-runs": { role: "viewer", does: "see what schedules start" },
  "plan-clean-up": { role: "viewer", does: "see what a clean-up of this pipeline removes", names: "name" },
  "begin-clean-up": {
    role: "admin",
    does: "remove what this pipeline made",
    fresh: true,
    names: "name",
  },
  "run-clean-up-step": {
    role: "admin",
    does: "remove what this pipeline made",
    fresh: true,
    names: "name",
  },
  "list-audit-rows": { role: "admin", does: "see the audit" },
  "export-audit-rows": { role: "admin", does: "export the audit" },
  "check-audit-chain": { role: "admin", does: "check the audit" },
  "get-scan-activation": { role: "viewer", does: "see whether Amazon Inspector scans this account" },
  "print-role-policy": { role: "viewer", does: "see the AWS permissions of the console" },
  "check-aws-permissions": { role: "viewer", does: "see the AWS permissions of the console" },
  "get-build-standing": { role: "viewer", does: "see this build", names: "name" },
  "answer-question": { role: "viewer", does: "see the history" },
  "get-sync-progress": { role: "viewer", does: "see the progress of history indexing" },
  "list-history-pipelines": { role: "viewer", does: "see the history" },
  "get-settings": { role: "admin", does: "see the settings" },
  "get-metrics-export": { role: "admin", does: "see the settings" },
  "save-target": { role: "admin", does: "change the accounts of this console", fresh: true },
  "remove-target": { role: "admin", does: "change the accounts of this console", fresh: true },
  "list-notifications": { role: "author", does: "see notifications" },
  "save-receiver": { role: "admin", does: "change who is notified", fresh: true },
  "rotate-secret": { role: "admin", does: "replace the signing secret of a webhook", fresh: true },
  "delete-receiver": { role: "admin", does: "change who is notified", fresh: true },
  "test-receiver": { role: "admin", does: "send a test message" },
  "save-notification-rule": { role: "admin", does: "change this notification rule", names: "namePrefix" },
  "delete-notification-rule": { role: "admin", does: "delete this notification rule", fresh: true },
  "resend-notification": { role: "admin", does: "send this notification again" },
  "set-freshness-target": {
    role: "author",
    does: "set the maximum image age of this pipeline",
    names: "name",
  },
  "export-history-builds": { role: "viewer", does: "export the history" },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof PERMISSIONS;

/** Where the input of an action carries its name; `undefined` where it carries none. */
export type NamedBy<Name extends Action> = (typeof PERMISSIONS)[Name] extends { names: infer Path }
  ? Path
  : undefined;

/** The name that an input is about, before it is parsed: it may hold anything. `undefined` for what names nothing. */
export function nameInInput(action: Action, input: unknown): string | undefined {
  const { names }: Rule = PERMISSIONS[action];
  if (names === undefined) return undefined;
  let value = input;
  for (const member of names.split(".")) {
    value =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[member] : undefined;
  }
  const text = typeof value === "string" ? value : "";
  return names === "arn" ? (parseImageBuilderArn(text)?.name ?? "") : text;
}

/** Whether one of the actor's grants covers the action. Without `resource`, any name prefix on the target will do. */
export function permits(actor: Actor, action: Action, targetId: string, resource?: string): boolean {
  const grants = grantsFor(actor, action, targetId);
  return resource === undefined
    ? grants.length > 0
    : grants.some(({ namePrefix = "" }) => namedSo(String(resource), namePrefix));
}

const grantsFor = (actor: Actor, action: Action, targetId: string): Grant[] => {
  const needed = ROLES.indexOf(PERMISSIONS[action].role);
  return actor.grants.filter(
    ({ role, target }) => ROLES.indexOf(role) >= needed && (target === "*" || target === targetId),
  );
};

/** One text for actors to whom `permits` gives the same answers on a target. */
export function sightOf(actor: Actor, targetId: string): string {
  const here = actor.grants.filter(({ target }) => target === "*" || target === targetId);
  const texts = here.map(({ role, namePrefix = "" }) => JSON.stringify([role, namePrefix]));
  return [...new Set(texts)].toSorted().join();
}

/** Whether the actor has to sign in again before this: whoever sits at a browser that was left open is not let through. */
export const needsFreshSignIn = (actor: Actor, action: Action, now: number): boolean =>
  "fresh" in PERMISSIONS[action] && actor.freshUntil !== undefined && Date.parse(actor.freshUntil) <= now;

/** Why an action is refused, in a sentence. */
export function refusalSentence(action: Action, targetLabel: string): string {
  const { role, does } = PERMISSIONS[action];
  return `You need the role ${role} on ${targetLabel} to ${does}`;
}

/** What the actor may not do on a target, for the pages' controls; the use cases decide again by themselves. */
export function refusalsFor(actor: Actor, target: { id: string; label: string }): Refusals {
  const entries = (Object.keys(PERMISSIONS) as Action[]).flatMap((action) => {
    const except = grantsFor(actor, action, target.id).map(({ namePrefix = "" }) => namePrefix);
    if (except.includes("")) return [];
    const only = except.map((prefix) => `${prefix}*`).join(", ");
    const reason = `${refusalSentence(action, target.label)}${only && `; yours covers ${only}`}.`;
    return [[action, { reason, except }]];
  });
  return Object.fromEntries(entries) as Refusals;
}
