import type {
  Distribution,
  ImageRecipe,
  InfrastructureConfiguration,
  Schedule,
} from "@aws-sdk/client-imagebuilder";
import type { BuildFault } from "../factory/types";

/** What the demo account is made from. Days count back from the day the simulator was set up. */

export interface DemoComponent {
  name: string;
  description: string;
  platform: "Linux" | "Windows";
  /** Oldest first. */
  versions: { version: string; daysAgo: number; change: string }[];
  document: string;
}

export interface DemoRecipeVersion {
  version: string;
  daysAgo: number;
  /** `Own-Component@1.2.0`, `aws:managed-component`; parameters after a `?`. */
  components: string[];
}

interface DemoFault {
  /** Of a thousand runs, how many meet it. */
  perMille: number;
  fault: BuildFault;
}

export interface DemoPipeline {
  name: string;
  description: string;
  recipe: {
    name: string;
    description: string;
    parentImage: string;
    platform: "Linux" | "Windows";
    versions: DemoRecipeVersion[];
    blockDeviceMappings?: ImageRecipe["blockDeviceMappings"];
    /** Makes it a container recipe. */
    container?: { repositoryName: string; dockerfile: string };
  };
  infrastructure: string;
  distribution: string;
  schedule: Schedule & { scheduleExpression: string };
  /** For a rate, which counts from the pipeline's last change: when it is due after the set-up. */
  nextRunInMinutes?: number;
  faults: DemoFault[];
  /** The newest runs that all failed so, at the end of the history. */
  failingSince?: { runs: number; fault: BuildFault };
  /** Its history ended so many days ago, when it was disabled after its last runs failed. */
  disabledDaysAgo?: number;
  scanning?: boolean;
  testsEnabled?: boolean;
  approval?: boolean;
  tags: Record<string, string>;
}

export interface DemoInfrastructure extends Omit<InfrastructureConfiguration, "arn"> {
  name: string;
  instanceTypes: string[];
}

export interface DemoDistribution {
  name: string;
  description: string;
  distributions: Distribution[];
}
