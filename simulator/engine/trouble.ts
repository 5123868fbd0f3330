/** Trouble on purpose, for all accounts or for one. Nothing is the default. */
export interface Trouble {
  /** Every call waits this long. */
  latencyMs?: number;
  /** Share of the calls answered 503: every tenth at 0.1, so that runs repeat. */
  failureRate?: number;
  /** Share of the calls whose connection is closed without an answer. */
  dropRate?: number;
  /** Calls a second, in one account and Region, by `logs:GetLogEvents` or `imagebuilder:*`; more are throttled. */
  throttle?: Record<string, number>;
  /** Actions that are refused, as `imagebuilder:CreateImage` or `logs:*`. */
  denied?: string[];
  /** What actions are answered with, by an exception's name: `{"imagebuilder:CreateImage": "ServiceQuotaExceededException"}`. */
  errors?: Record<string, string>;
  /** CloudWatch alarms, by name, that are in ALARM. */
  alarms?: string[];
  /** Log lines become readable in bursts this far apart, held back until then. */
  logBurstMs?: number;
}

/** What is asked for now, and by whom it was changed since the start. */
export interface TroubleBoard {
  /** The settings that hold in an account. */
  of(account: string): Trouble;
  /** Sets those of one account, or without one those of all. */
  set(trouble: Trouble, account?: string): void;
}

export function troubleBoard(initial: Trouble = {}): TroubleBoard {
  let everywhere = initial;
  const accounts = new Map<string, Trouble>();
  return {
    of: (account) => accounts.get(account) ?? everywhere,
    set(trouble, account) {
      if (account !== undefined) accounts.set(account, trouble);
      else everywhere = trouble;
    },
  };
}

/** The rates AWS documents: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const DOCUMENTED_RATES: Record<string, number> = {
  "logs:GetLogEvents": 25,
  "logs:FilterLogEvents": 5,
  "logs:DescribeLogStreams": 25,
  "logs:DescribeLogGroups": 10,
};

/** Reads settings given as JSON; says what is wrong with them in one line. */
export function readTrouble(text: string): Trouble {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Error("The trouble settings are not JSON.");
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new Error("The trouble settings must be a JSON object.");
  }
  const trouble: Trouble = {};
  for (const [name, value] of Object.entries(given)) {
    const isShare = typeof value === "number" && value >= 0 && value <= 1;
    if (name === "latencyMs" || name === "logBurstMs") {
      if (typeof value !== "number" || value < 0)
        throw new Error(`${name} must be a number of milliseconds.`);
      trouble[name] = value;
    } else if (name === "failureRate" || name === "dropRate") {
      if (!isShare) throw new Error(`${name} must be a number from 0 to 1.`);
      trouble[name] = value;
    } else if (name === "throttle") {
      trouble.throttle = value === "documented" ? DOCUMENTED_RATES : ratesOf(value);
    } else if (name === "alarms") {
      if (!Array.isArray(value) || !value.every((alarm) => typeof alarm === "string")) {
        throw new Error('alarms must be a list of names, as ["web-5xx-rate"].');
      }
      trouble.alarms = value;
    } else if (name === "denied") {
      if (!Array.isArray(value) || !value.every((action) => typeof action === "string")) {
        throw new Error('denied must be a list of actions, as ["imagebuilder:CreateImage"].');
      }
      trouble.denied = value;
    } else if (name === "errors") {
      trouble.errors = namesOf(value);
    } else throw new Error(`There is no trouble setting '${name}'.`);
  }
  return trouble;
}

function ratesOf(value: unknown): Record<string, number> {
  const isRate = (rate: unknown) => typeof rate === "number" && rate > 0;
  if (typeof value === "object" && value !== null && Object.values(value).every(isRate)) {
    return value as Record<string, number>;
  }
  throw new Error('throttle must be "documented" or calls a second by action, as {"logs:GetLogEvents": 25}.');
}

function namesOf(value: unknown): Record<string, string> {
  const isName = (name: unknown) => typeof name === "string" && /^[A-Za-z.]+$/.test(name);
  if (typeof value === "object" && value !== null && Object.values(value).every(isName)) {
    return value as Record<string, string>;
  }
  throw new Error('errors must be exceptions by action, as {"imagebuilder:GetImage": "ServiceException"}.');
}
