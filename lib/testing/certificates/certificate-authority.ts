/** Servers of tests get their certificates where the local host gets its own. */
export {
  type CertificateAuthority,
  createCertificateAuthority,
  createSelfSigned,
  type Issued,
  type IssueOptions,
} from "@/lib/strategies/local/host/certificates/certificate-authority"
