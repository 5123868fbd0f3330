/** What starts the instances of a demo group: the pipeline's image that many builds ago. */
type Starts =
  | { by: "template"; follows: "$Default" | "$Latest" | "number"; template?: string }
  | { by: "parameter"; parameter: string }
  | { by: "launch-configuration" }
  | { by: "overrides" };

export interface DemoGroup {
  name: string;
  pipeline: string;
  /** How many builds the image that would start now is behind the newest. */
  behind: number;
  starts: Starts;
  /** Instances by how many builds their image is behind the newest. */
  runs: { behind: number; count: number }[];
  tags: Record<string, string>;
  maintenance?: { MinHealthyPercentage: number; MaxHealthyPercentage: number };
  /** A refresh to the newest image, under way for this many minutes at the first start. */
  refreshingForMinutes?: number;
}

const TERRAFORM = { "managed-by": "terraform" };

/** One group for each state that a fleet can be in. */
export const DEMO_FLEET: DemoGroup[] = [
  {
    name: "web-prod",
    pipeline: "web-base",
    behind: 0,
    starts: { by: "template", follows: "number" },
    runs: [{ behind: 0, count: 6 }],
    tags: { ...TERRAFORM, environment: "production" },
    maintenance: { MinHealthyPercentage: 100, MaxHealthyPercentage: 133 },
  },
  {
    name: "search",
    pipeline: "web-base",
    behind: 3,
    starts: { by: "template", follows: "number" },
    runs: [{ behind: 3, count: 4 }],
    tags: { ...TERRAFORM, environment: "production" },
  },
  {
    name: "web-staging",
    pipeline: "web-base",
    behind: 1,
    starts: { by: "template", follows: "$Default" },
    runs: [{ behind: 1, count: 2 }],
    tags: { environment: "staging" },
  },
  {
    name: "api-ubuntu",
    pipeline: "ubuntu-24-base",
    behind: 0,
    starts: { by: "template", follows: "$Latest" },
    runs: [
      { behind: 0, count: 3 },
      { behind: 1, count: 5 },
    ],
    tags: { environment: "production" },
  },
  {
    name: "iis-frontend",
    pipeline: "windows-2025-iis",
    behind: 0,
    starts: { by: "parameter", parameter: "/images/windows-2025-iis/production" },
    runs: [{ behind: 0, count: 4 }],
    tags: { environment: "production", "aws:cloudformation:stack-name": "iis-frontend" },
  },
  {
    name: "java-legacy",
    pipeline: "legacy-java-base",
    behind: 2,
    starts: { by: "launch-configuration" },
    runs: [{ behind: 2, count: 3 }],
    tags: { environment: "production" },
  },
  {
    name: "checkout",
    pipeline: "web-base",
    behind: 2,
    starts: { by: "template", follows: "number" },
    runs: [{ behind: 2, count: 8 }],
    tags: { environment: "production" },
    maintenance: { MinHealthyPercentage: 75, MaxHealthyPercentage: 100 },
    refreshingForMinutes: 9,
  },
  {
    name: "ecs-workers",
    pipeline: "ecs-node",
    behind: 0,
    starts: { by: "overrides" },
    runs: [
      { behind: 0, count: 2 },
      { behind: 2, count: 2 },
    ],
    tags: { AmazonECSManaged: "true", environment: "production" },
  },
];
