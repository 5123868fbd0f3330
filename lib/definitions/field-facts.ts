/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_EbsInstanceBlockDeviceSpecification.html */
export const VOLUME_TYPES = ["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"] as const;

/** Names without the build date collide at the second build: "AMI name … is already in use". */
export const BUILD_DATE = /\{\{\s*imagebuilder:buildDate\s*\}\}/;
