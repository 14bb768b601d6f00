import { X509Certificate } from "node:crypto"

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/**
 * The certificates of a text as OpenSSL takes them. Variables often hold their line breaks written as `\n`. Throws an
 * Error in words that show nothing of the text.
 */
export function readAuthorities(text: string): string {
  const found = text.replaceAll("\\n", "\n").match(CERTIFICATE) ?? []
  if (found.length === 0) throw new Error("`ca` holds no certificate (PEM)")
  for (const [index, pem] of found.entries()) {
    try {
      new X509Certificate(pem)
    } catch {
      throw new Error(`The certificate number ${index + 1} in \`ca\` cannot be read`)
    }
  }
  return found.join("\n")
}
