/**
 * A CloudWatch alarm as it is now: AWS's word for its state, or what else is known of it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
 */
export type AlarmNow = {
  name: string;
  /** `OK`, `ALARM`, `INSUFFICIENT_DATA`; `not found` where there is none of the name, `not known` where AWS did not say. */
  state: string;
  /** Since when it is in this state; ISO 8601. */
  since?: string;
};

/**
 * Why a gate that these alarms watch does not open by itself, in a sentence; undefined where none of them is in ALARM.
 * One of which nobody knows the state is none that is fine.
 */
export function whyAlarmsHold(alarms: AlarmNow[]): string | undefined {
  const ringing = alarms.filter(({ state }) => state === "ALARM");
  if (ringing.length > 0) return `In ALARM during the wait: ${namesOf(ringing)}.`;
  const unknown = alarms.filter(({ state }) => state === "not found" || state === "not known");
  if (unknown.length > 0) return `The state of an alarm is not known: ${namesOf(unknown)}.`;
  return undefined;
}

const namesOf = (alarms: AlarmNow[]) => alarms.map(({ name }) => name).join(", ");
