import { createImage, registerImage } from "./ami-actions";
import { executeComponents } from "./component-action";
import {
  applyImageConfigurations,
  distributeContainerImage,
  distributeImage,
  modifyImageAttributes,
} from "./distribution-actions";
import {
  bootstrapForContainer,
  collectMetadata,
  collectScanFindings,
  launchInstance,
  prepareInstance,
  terminateInstance,
  waitForAgent,
} from "./instance-actions";
import { executeStateMachine, runCommand, waitForAction } from "./outside-actions";
import type { StepCall, StepResult } from "./step-call";

const ACTIONS: Readonly<Record<string, (call: StepCall) => StepResult>> = {
  LaunchInstance: launchInstance,
  BootstrapInstanceForContainer: bootstrapForContainer,
  ExecuteComponents: executeComponents,
  CollectImageMetadata: collectMetadata,
  CollectImageScanFindings: collectScanFindings,
  RunSysPrep: prepareInstance,
  SanitizeInstance: prepareInstance,
  CreateImage: createImage,
  CreateImageFromIso: registerImage,
  RegisterImage: registerImage,
  RunCommand: runCommand,
  WaitForSSMAgent: waitForAgent,
  WaitForAction: waitForAction,
  ExecuteStateMachine: executeStateMachine,
  TerminateInstance: terminateInstance,
  DistributeImage: distributeImage,
  ModifyImageAttributes: modifyImageAttributes,
  ApplyImageConfigurations: applyImageConfigurations,
  DistributeContainerImage: distributeContainerImage,
};

/** Plays one step's action: its log lines, what it makes, when it ends and how. */
export function runStepAction(call: StepCall): StepResult {
  const action = ACTIONS[call.step.action];
  return action ? action(call) : { endMs: call.startMs };
}
