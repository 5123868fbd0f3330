/** Whether Amazon Inspector scans a kind of resource. `changing`: it is being turned on or off. */
export type ScanState = "on" | "off" | "changing" | "unknown";

/** Of the target's account in its Region: EC2 scanning is for AMIs, ECR scanning for container images. */
export type ScanActivation = {
  ec2: ScanState;
  ecr: ScanState;
  /** Why neither is known. */
  reason?: string;
};
