import {
  InvalidFormatFault,
  LimitExceededFault,
  type MetricAlarm,
  ResourceNotFound,
  ValidationException,
} from "@aws-sdk/client-cloudwatch";
import { pageOf } from "../../engine/page";
import { NotSimulated } from "../../wire/contract";
import { type CloudWatch, combination, invalid } from "./metric-data";
import { isPeriod, refuseToken } from "./metric-queries";
import type { AlarmRow, CloudWatchStore } from "./store";

const MOST_NAMES = 100;
const LONGEST_NAME = 255;
const LONGEST_RANGE_S = 604_800;
const TREATMENTS = ["breaching", "notBreaching", "ignore", "missing"];

export const alarms = {
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
  PutMetricAlarm({ store, account, region, partition, now }, input) {
    const { AlarmName = "", Tags: _, EvaluationCriteria, EvaluationInterval: __, ...rest } = input;
    if (input.Metrics || EvaluationCriteria)
      throw new NotSimulated("Alarms are simulated for one metric, not for expressions.");
    requireAlarm(input);
    const known = store.alarms.get(AlarmName);
    const at = new Date(now);
    const row: AlarmRow = {
      ...rest,
      AlarmName,
      Metrics: [],
      AlarmArn: `arn:${partition}:cloudwatch:${region}:${account}:alarm:${AlarmName}`,
      ActionsEnabled: input.ActionsEnabled ?? true,
      OKActions: input.OKActions ?? [],
      AlarmActions: input.AlarmActions ?? [],
      InsufficientDataActions: input.InsufficientDataActions ?? [],
      Dimensions: input.Dimensions ?? [],
      AlarmConfigurationUpdatedTimestamp: at,
      StateValue: known?.StateValue ?? "INSUFFICIENT_DATA",
      StateReason: known?.StateReason ?? "Unchecked: Initial alarm creation",
      StateUpdatedTimestamp: known?.StateUpdatedTimestamp ?? at,
      StateTransitionedTimestamp: known?.StateTransitionedTimestamp ?? at,
      lookedAt: 0,
    };
    store.alarms.put(row);
    return {};
  },

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
  DescribeAlarms({ store, now }, input) {
    const { AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, ActionPrefix, MaxRecords, NextToken } =
      input;
    if (AlarmNames && AlarmNamePrefix !== undefined)
      throw combination("AlarmNamePrefix and AlarmNames are mutually exclusive and you have specified both.");
    // Differs from AWS: there are no composite alarms and no log alarms.
    const isAsked = AlarmTypes === undefined || AlarmTypes.includes("MetricAlarm");
    const rows = (isAsked ? allAlarms(store, now) : []).filter(
      (alarm) =>
        (!AlarmNames || AlarmNames.includes(alarm.AlarmName ?? "")) &&
        (AlarmNamePrefix === undefined || alarm.AlarmName?.startsWith(AlarmNamePrefix)) &&
        (StateValue === undefined || alarm.StateValue === StateValue) &&
        (ActionPrefix === undefined || alarm.AlarmActions?.some((action) => action.startsWith(ActionPrefix))),
    );
    const { items, nextToken } = pageOf(
      rows,
      { nextToken: NextToken, maxResults: MaxRecords },
      {
        defaultSize: 50,
        query: [AlarmNames, AlarmNamePrefix, StateValue, ActionPrefix],
        refuse: refuseToken,
      },
    );
    return {
      MetricAlarms: items,
      CompositeAlarms: [],
      LogAlarms: [],
      ...(nextToken !== undefined && { NextToken: nextToken }),
    };
  },

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html */
  DeleteAlarms({ store }, { AlarmNames = [] }) {
    if (AlarmNames.length > MOST_NAMES)
      throw new ValidationException({
        message: `You can delete up to ${MOST_NAMES} alarms.`,
        $metadata: {},
      });
    const missing = AlarmNames.filter((name) => !store.alarms.has(name));
    for (const name of AlarmNames) store.alarms.delete(name);
    if (missing.length > 0)
      throw new ResourceNotFound({ message: `Alarm(s) not found: ${missing.join(", ")}`, $metadata: {} });
    return {};
  },

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
  SetAlarmState({ store, now }, { AlarmName = "", StateValue, StateReason = "", StateReasonData }) {
    const row = store.alarms.get(AlarmName);
    if (!row) throw new ResourceNotFound({ message: `Alarm ${AlarmName} does not exist`, $metadata: {} });
    if (StateReasonData !== undefined && !isJson(StateReasonData))
      throw new InvalidFormatFault({ message: "StateReasonData is not valid JSON.", $metadata: {} });
    store.alarms.put(inState(row, { state: StateValue, reason: StateReason, data: StateReasonData }, now));
    return {};
  },
} satisfies Partial<CloudWatch>;

/** The alarm in another state since `now`; the time of transition stays while the state does. */
export function inState(
  row: AlarmRow,
  { state, reason, data }: { state: AlarmRow["StateValue"]; reason: string; data?: string | undefined },
  now: number,
): AlarmRow {
  const { StateReasonData: _, ...rest } = row;
  const at = new Date(now);
  return {
    ...rest,
    StateValue: state,
    StateReason: reason,
    ...(data !== undefined && { StateReasonData: data }),
    StateUpdatedTimestamp: at,
    StateTransitionedTimestamp: row.StateValue === state ? (row.StateTransitionedTimestamp ?? at) : at,
    lookedAt: now,
  };
}

/** Alarms by name, as they stand: one that the trouble settings hold in ALARM is there even if nobody put it. */
function allAlarms(store: CloudWatchStore, now: number): MetricAlarm[] {
  const held = new Set(store.heldInAlarm());
  const rows = store.alarms.list().map((row) => (held.has(row.AlarmName) ? heldRow(row, now) : row));
  const outside = [...held]
    .filter((name) => !store.alarms.has(name))
    .map((AlarmName) =>
      heldRow(
        {
          AlarmName,
          AlarmArn: `arn:${store.partition}:cloudwatch:${store.region}:${store.account}:alarm:${AlarmName}`,
          lookedAt: 0,
        },
        now,
      ),
    );
  return [...rows, ...outside]
    .toSorted((a, b) => (a.AlarmName < b.AlarmName ? -1 : 1))
    .map(({ lookedAt: _, ...alarm }) => alarm);
}

function heldRow(row: AlarmRow, now: number): AlarmRow {
  return inState(row, { state: "ALARM", reason: "The trouble settings hold it in ALARM." }, now);
}

/** The names of the alarms that are in ALARM: the one truth for instance refreshes and for DescribeAlarms. */
export function namesInAlarm(store: CloudWatchStore): string[] {
  const inAlarm = store.alarms.list(({ StateValue }) => StateValue === "ALARM");
  return [...new Set([...store.heldInAlarm(), ...inAlarm.map(({ AlarmName }) => AlarmName)])];
}

function requireAlarm(input: Parameters<CloudWatch["PutMetricAlarm"]>[1]): void {
  const { AlarmName = "", MetricName, Namespace, Statistic, ExtendedStatistic, Period, Threshold } = input;
  if (/\p{Cc}/u.test(AlarmName) || AlarmName.length > LONGEST_NAME)
    throw invalid(`The value ${AlarmName} for parameter AlarmName is invalid.`);
  if (!MetricName || !Namespace)
    throw validation("The parameters MetricName and Namespace are required for an alarm on one metric.");
  if ((Statistic === undefined) === (ExtendedStatistic === undefined))
    throw combination("Exactly one of Statistic and ExtendedStatistic must be specified.");
  if (Threshold === undefined) throw validation("The parameter Threshold is required.");
  if (Period === undefined || !isPeriod(Period) || Period < 10)
    throw validation("Period must be 10, 20, 30 or a multiple of 60");
  const { EvaluationPeriods = 1, DatapointsToAlarm, TreatMissingData } = input;
  if (Period * EvaluationPeriods > LONGEST_RANGE_S)
    throw validation("Metrics cannot be checked across more than seven days (EvaluationPeriods * Period).");
  if (DatapointsToAlarm !== undefined && DatapointsToAlarm > EvaluationPeriods)
    throw validation("DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
  if (TreatMissingData !== undefined && !TREATMENTS.includes(TreatMissingData))
    throw validation(`TreatMissingData must be one of ${TREATMENTS.join(", ")}.`);
  if ((input.Tags?.length ?? 0) > 50)
    throw new LimitExceededFault({ message: "An alarm can have up to 50 tags.", $metadata: {} });
}

function validation(message: string): ValidationException {
  return new ValidationException({ message, $metadata: {} });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
