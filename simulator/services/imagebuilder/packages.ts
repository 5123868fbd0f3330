const LIST =
  "acl 2.3.1, audit 3.0.6, bash 5.2.15, bzip2 1.0.8, ca-certificates 2023.2.68, chrony 4.3, cloud-init 22.2.2, coreutils 8.32, cpio 2.13, cracklib 2.9.6, crypto-policies 20220428, curl-minimal 8.5.0, dbus 1.12.28, dnf 4.14.0, dracut 055, e2fsprogs 1.46.5, ec2-utils 2.2.0, elfutils 0.188, expat 2.5.0, file 5.39, findutils 4.8.0, gawk 5.1.0, gdbm-libs 1.19, glib2 2.74.7, glibc 2.34, gmp 6.2.1, gnupg2-minimal 2.3.7, grep 3.8, grub2-common 2.06, gzip 1.12, hostname 3.23, iproute 5.10.0, jq 1.7.1, kernel 6.1.79, kmod 29, krb5-libs 1.21, less 608, libcap 2.48, libcurl-minimal 8.5.0, libseccomp 2.5.3, libxml2 2.10.4, logrotate 3.20.1, lz4-libs 1.9.4, ncurses 6.2, nss 3.90.0, openssh 8.7p1, openssh-server 8.7p1, openssl 3.0.8, pam 1.5.1, pcre2 10.40, procps-ng 3.3.17, python3 3.9.16, readline 8.1, rpm 4.16.1, rsync 3.2.6, sed 4.8, selinux-policy 37.22, setup 2.13.7, shadow-utils 4.9, sqlite-libs 3.40.0, sudo 1.9.15, systemd 252.16, tar 1.34, tzdata 2024a, unzip 6.0, util-linux 2.37.4, vim-minimal 9.0.2153, which 2.21, xfsprogs 5.18.0, xz 5.2.5, yum 4.14.0, zlib 1.2.11, amazon-ssm-agent 3.3.859";

/** What the inventory of a Linux image holds. */
export const PACKAGES = LIST.split(", ").map((entry) => {
  const [name = "", version = ""] = entry.split(" ");
  return { name, version };
});
