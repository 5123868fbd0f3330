import { COMPONENT_RULES } from "./component-rules";
import { DISTRIBUTION_RULES } from "./distribution-rules";
import { IMAGE_RULES } from "./image-rules";
import { LAUNCH_RULES } from "./launch-rules";
import { RUN_RULES } from "./run-rules";
import { SYSTEMS_MANAGER_RULES } from "./systems-manager-rules";
import type { DiagnosisRule } from "./types";

/** In the order of a build. A team's own rules come from a file and go before these. */
export const BUILT_IN_RULES: DiagnosisRule[] = [
  ...LAUNCH_RULES,
  ...SYSTEMS_MANAGER_RULES,
  ...COMPONENT_RULES,
  ...IMAGE_RULES,
  ...DISTRIBUTION_RULES,
  ...RUN_RULES,
];
