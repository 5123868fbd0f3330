/**
 * An instance profile that can run builds, for who creates it as code. Its policies:
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/set-up-ib-env.html
 */
export const INSTANCE_PROFILE_CLOUDFORMATION = `Resources:
  BuildRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: EC2InstanceProfileForImageBuilder
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: ec2.amazonaws.com }
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - !Sub arn:\${AWS::Partition}:iam::aws:policy/EC2InstanceProfileForImageBuilder
        - !Sub arn:\${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore
  BuildProfile:
    Type: AWS::IAM::InstanceProfile
    Properties:
      InstanceProfileName: EC2InstanceProfileForImageBuilder
      Roles: [!Ref BuildRole]
`;

export const INSTANCE_PROFILE_TERRAFORM = `data "aws_partition" "current" {}

resource "aws_iam_role" "build" {
  name = "EC2InstanceProfileForImageBuilder"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "build" {
  for_each   = toset(["EC2InstanceProfileForImageBuilder", "AmazonSSMManagedInstanceCore"])
  role       = aws_iam_role.build.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/\${each.key}"
}

resource "aws_iam_instance_profile" "build" {
  name = "EC2InstanceProfileForImageBuilder"
  role = aws_iam_role.build.name
}
`;
