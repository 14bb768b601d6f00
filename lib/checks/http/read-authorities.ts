import { X509Certificate } from "node:crypto"

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** Certificates as OpenSSL takes them; variables often hold their line breaks written as `\n`. Throws an Error in words. */
export function readAuthorities(text: string): string {
  const found = text.replaceAll("\\n", "\n").match(CERTIFICATE) ?? []
  if (found.length === 0) throw new Error("`tls.ca` holds no certificate (PEM)")
  for (const [index, pem] of found.entries()) {
    try {
      new X509Certificate(pem)
    } catch {
      throw new Error(`The certificate number ${index + 1} in \`tls.ca\` cannot be read`)
    }
  }
  return found.join("\n")
}
