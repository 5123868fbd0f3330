import type { RuleTiming } from "./rule-timing";

/** What people can be told of, in the order of the form. */
export const EVENT_KINDS = [
  "build-failed",
  "first-failure",
  "recovered",
  "build-succeeded",
  "critical-findings",
  "waits-for-approval",
  "pipeline-disabled",
  "image-stale",
  "roll-out-checkpoint",
  "roll-out-gate",
  "roll-out-failed",
  "roll-out-rolled-back",
  "roll-out-done",
  "aws-refuses",
  "sync-behind",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const BY_SYNC = "within 30 seconds, later while AWS throttles the console";

/**
 * How a rule names them, and how late each is at most. What Image Builder sends as an event comes at once where the
 * account has a queue. https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-eventbridge.html
 */
export const EVENTS: Record<EventKind, { words: string; group: string; isSent: boolean; late: string }> = {
  "build-failed": { words: "Build failed", group: "Builds", isSent: true, late: BY_SYNC },
  "first-failure": { words: "First failure after a success", group: "Builds", isSent: true, late: BY_SYNC },
  recovered: { words: "Recovered", group: "Builds", isSent: true, late: BY_SYNC },
  "build-succeeded": { words: "Build succeeded", group: "Builds", isSent: true, late: BY_SYNC },
  "critical-findings": { words: "Critical findings", group: "Builds", isSent: true, late: BY_SYNC },
  "waits-for-approval": { words: "Waits for approval", group: "Pipelines", isSent: true, late: BY_SYNC },
  "pipeline-disabled": { words: "Pipeline disabled by AWS", group: "Pipelines", isSent: true, late: BY_SYNC },
  "image-stale": { words: "Image stale", group: "Pipelines", isSent: false, late: BY_SYNC },
  "roll-out-checkpoint": {
    words: "Roll-out at a checkpoint",
    group: "Roll-outs",
    isSent: false,
    late: "within 15 seconds",
  },
  "roll-out-gate": {
    words: "Next group waits for a person",
    group: "Roll-outs",
    isSent: false,
    late: "within 15 seconds",
  },
  "roll-out-failed": {
    words: "Roll-out failed",
    group: "Roll-outs",
    isSent: false,
    late: "within 15 seconds",
  },
  "roll-out-rolled-back": {
    words: "Roll-out rolled back",
    group: "Roll-outs",
    isSent: false,
    late: "within 15 seconds",
  },
  "roll-out-done": { words: "Roll-out done", group: "Roll-outs", isSent: false, late: "within 15 seconds" },
  "aws-refuses": {
    words: "AWS refuses the console",
    group: "Console",
    isSent: false,
    late: "at the first read that AWS refuses",
  },
  "sync-behind": {
    words: "Sync behind",
    group: "Console",
    isSent: false,
    late: "once builds could not be read for 15 minutes",
  },
};

export const RECEIVER_KINDS = [
  "slack",
  "slack-bot",
  "teams",
  "webhook",
  "email",
  "sns",
  "pagerduty",
] as const;
export type ReceiverKind = (typeof RECEIVER_KINDS)[number];

export const RECEIVER_WORDS: Record<ReceiverKind, string> = {
  slack: "Slack webhook",
  "slack-bot": "Slack bot",
  teams: "Microsoft Teams",
  webhook: "Webhook",
  email: "E-mail",
  sns: "Amazon SNS",
  pagerduty: "PagerDuty",
};

/** A build that ended, as it is kept with its deliveries. Times are ISO 8601. */
export type BuildEvent = {
  /** Everything that it is: a first failure is a failure too. Empty for a test message. */
  kinds: EventKind[];
  targetId: string;
  arn: string;
  image: { name: string; displayName: string; version: string; build: string };
  pipeline?: string;
  endedAt: string;
  /** When it happened, where that was after the build's end. */
  at?: string;
  reason?: string;
  cause?: string;
  /** The line of the log that shows it best; `line` counts from 1. */
  evidence?: { text: string; line?: number };
  fix?: string;
  /** Of the image and its pipeline; absent where they could not be read. */
  tags?: Record<string, string>;
  stage?: string;
  step?: string;
  startedBy?: string;
  /** `before`: critical ones when they were read the time before, where they were read again. */
  findings?: { critical: number; high: number; before?: number };
  amis: { region: string; amiId: string }[];
};

/** Anything else that people are told of, in its own words. */
export type NoticeEvent = {
  kinds: EventKind[];
  targetId: string;
  /** Names that grants and rules are held against, all of them; none for what is about the whole account. */
  names: string[];
  tags?: Record<string, string>;
  tone: Message["tone"];
  /** Without the account, which the message adds. */
  title: string;
  lines: string[];
  evidence?: string;
  facts: { name: string; value: string }[];
  /** A page of the console, without its origin. */
  path: string;
  thread: string;
  /** ISO 8601. */
  at: string;
};

export type ConsoleEvent = BuildEvent | NoticeEvent | DigestEvent;

/** Several events that are sent together, oldest first. */
export type DigestEvent = {
  kinds: EventKind[];
  targetId: string;
  digest: (BuildEvent | NoticeEvent)[];
  /** Events beyond those that one message holds. */
  left: number;
  tags?: Record<string, string>;
  at: string;
};

/** An event in words, the same for every kind of receiver. */
export type Message = {
  tone: "bad" | "good" | "note";
  title: string;
  lines: string[];
  /** What a log or AWS said, word for word. */
  evidence?: string;
  facts: { name: string; value: string }[];
  link: string;
  /** The same for all messages about one pipeline or image: later ones follow up the first. */
  thread: string;
};

/** What `sealed` holds of a receiver. */
export type ReceiverAddress = {
  /** Slack, Teams and webhooks. */
  url?: string;
  /** Of a webhook: `whsec_` and base64; two while one replaces the other, newest first. */
  secrets?: string[];
  /** Until when the second secret signs too, in ISO 8601. */
  secondUntil?: string;
  /** Of a Slack app's bot, with the channel's ID; `url` is where Slack's API is. */
  token?: string;
  channel?: string;
  /** Amazon SNS. */
  topicArn?: string;
  /** E-mail addresses. */
  to?: string[];
  /** PagerDuty's integration key. */
  routingKey?: string;
};

export type Receiver = {
  id: string;
  name: string;
  kind: ReceiverKind;
  shown: string;
  rules: number;
  waiting: number;
  /** How the newest delivery ended; undefined before the first. */
  last?: { state: Delivery["state"]; at: string; answer?: string };
};

/** What a rule asks of an event beside its kind. */
export type RuleFilters = {
  /** All of them; an empty value means that the tag is there. */
  tags: { key: string; value: string }[];
  /** Any of them; none means all. */
  severities: Message["tone"][];
};

export type NotificationRule = {
  id: string;
  events: EventKind[];
  namePrefix: string;
  filters: RuleFilters;
  timing: RuleTiming;
  receiverId: string;
  isOn: boolean;
  lastSentAt?: string;
};

/** A message that a bot posted. `isOpen`: it says that something is wrong, and nothing after it said otherwise. */
export type SlackMessage = { channel: string; ts: string; isOpen: boolean };

/** How one try ended. `gone`: the receiver will not take this message, however often it is sent. */
export type Try = { state: "sent" | "failed" | "gone"; answer: string; remote?: SlackMessage };

export type Delivery = {
  id: number;
  receiverName: string;
  title: string;
  link: string;
  /** `merged`: sent as part of another message. */
  state: "held" | "merged" | "waiting" | "sent" | "dead";
  tries: number;
  at: string;
  nextAt?: string;
  tookMs?: number;
  answer?: string;
};

export type Notifications = {
  receivers: Receiver[];
  rules: NotificationRule[];
  deliveries: Delivery[];
  /** Whether older deliveries were left out. */
  isCut: boolean;
  /** How events of this account come. */
  source: "queue" | "sync" | "off";
  canSendMail: boolean;
  /** IANA name: the console's, in which new rules say their hours. */
  timeZone: string;
};
