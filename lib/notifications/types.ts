/** What people can be told of, in the order of the form. */
export const EVENT_KINDS = [
  "build-failed",
  "first-failure",
  "recovered",
  "build-succeeded",
  "critical-findings",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** How a rule names them. */
export const EVENT_WORDS: Record<EventKind, string> = {
  "build-failed": "Build failed",
  "first-failure": "First failure after a success",
  recovered: "Recovered",
  "build-succeeded": "Build succeeded",
  "critical-findings": "Critical findings",
};

export const RECEIVER_KINDS = ["slack", "teams", "webhook", "email", "pagerduty"] as const;
export type ReceiverKind = (typeof RECEIVER_KINDS)[number];

export const RECEIVER_WORDS: Record<ReceiverKind, string> = {
  slack: "Slack",
  teams: "Microsoft Teams",
  webhook: "Webhook",
  email: "E-mail",
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
  reason?: string;
  cause?: string;
  stage?: string;
  step?: string;
  startedBy?: string;
  findings?: { critical: number; high: number };
  amis: { region: string; amiId: string }[];
};

/** An event in words, the same for every kind of receiver. */
export type Message = {
  tone: "bad" | "good" | "note";
  title: string;
  lines: string[];
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
  last?: { state: "sent" | "waiting" | "dead"; at: string; answer?: string };
};

export type NotificationRule = {
  id: string;
  events: EventKind[];
  namePrefix: string;
  receiverId: string;
  isOn: boolean;
  lastSentAt?: string;
};

export type Delivery = {
  id: number;
  receiverName: string;
  title: string;
  link: string;
  state: "waiting" | "sent" | "dead";
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
};
