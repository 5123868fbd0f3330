/** What Systems Manager says of the command that a step ran. Texts are cut at what AWS returns, 24,000 characters. */
export type RunCommandEvidence = {
  commandId: string;
  instanceId: string;
  document?: string;
  /** Such as Success, Failed, TimedOut or DeliveryTimedOut: AWS's more exact word. */
  status: string;
  exitCode?: number;
  startedAt?: string;
  endedAt?: string;
  stdout: string;
  stderr: string;
};

/** Whether the agent of a step's instance has reported to Systems Manager. */
export type AgentEvidence = {
  instanceId: string;
  /** False: Systems Manager knows no such instance now. It forgets one that has been terminated. */
  isKnown: boolean;
  pingStatus?: string;
  lastPingAt?: string;
  agentVersion?: string;
};

/** What the instance wrote to its serial console; EC2 keeps the last 64 KB for about an hour after its end. */
export type ConsoleOutputEvidence = { instanceId: string; at?: string; text: string };

/** A picture of the instance's screen, as JPEG in base64. */
export type ScreenshotEvidence = { instanceId: string; jpeg: string };
