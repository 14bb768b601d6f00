import type { ReleaseState } from "@/lib/domain/release/state"
import type { SignedEvent } from "@/lib/domain/signoff/signature-fates"
import { signatureBase } from "./signature-files"

interface About {
  state: ReleaseState
  head: { seq: number; hash: string }
  keyId: string
  signed: readonly SignedEvent[]
}

/** How to check a bundle, by its script and without it. The commands are the ones that its test runs. */
export function bundleReadme({ state, head, keyId, signed }: About): string {
  const { service, environment, name, version } = state
  const seals = signed.map(({ data }) =>
    sealCommand(`${signatureBase(data)}.sig`, `${signatureBase(data)}.json`, data.sealKeyId),
  )
  const passkeys = signed.filter(({ data }) => data.method === "passkey")
  return `# Evidence bundle

${inert(name)} (version ${inert(version)}) of ${inert(service.name)} to ${inert(environment.name)}.
Release \`${state.id}\` as it was after event ${head.seq}.

## Verify all of it

    node verify.mjs

Node 18 or newer and nothing else; no network. It ends with 0 where everything holds and with 1 where not, and names every
file that is at fault. Say what you know from elsewhere, and it is compared:

    node verify.mjs --head ${head.seq}:${head.hash}
    node verify.mjs --key keys/console-${keyId}.pem

\`--head\` takes a head of this release's timeline that was sent out or noted earlier. \`--key\` takes the console's public key
as you have it from elsewhere, not from this bundle. Both may be given several times.

Whoever doubts \`verify.mjs\` itself takes it from the project's repository (\`lib/server/bundle/verify.mjs\`) and runs it with
this folder as its argument, or checks with \`openssl\` as below.

## Verify with openssl

OpenSSL 3.0 or newer. Each command says "Signature Verified Successfully" or "Verified OK".

The list of all files and their SHA-256, then the files:

${indent([sealCommand("checksums.sig", "checksums.json", keyId)])}

    sha256sum timeline.ndjson    # and so on; compare with checksums.json

${seals.length > 0 ? `What was signed, under the console's seal (\`.sig\` is the seal, \`.sig.b64\` the same in base64):\n\n${indent(seals)}\n` : "Nobody has signed.\n"}
${passkeys.length > 0 ? passkeyPart(passkeys) : ""}
The certificate's data:

${indent([sealCommand("certificate.sig", "certificate.json", keyId)])}

The playbook: \`sha256sum playbook.json\` gives ${state.playbook.hash}, which the first event names.

## What is in here

- \`signatures/<role>-<id>.json\`: the exact bytes that were signed; their SHA-256 is the hash that the timeline names.
- \`signatures/*.passkey.json\`: what the signer's authenticator answered. \`.passkey.signed\` and \`.passkey.sig\` are made of it:
  the bytes that it signed, and its signature.
- \`keys/\`: the console's public key and those of the passkeys.
- \`timeline.ndjson\`: every event, one a line. An event's \`hash\` is the SHA-256 of its \`prevHash\` followed by the canonical JSON
  (RFC 8785) of all its other fields but these two. The first \`prevHash\` is 64 zeros.
- \`evidence/<id>.json\`: its \`sha256\` is that of the canonical JSON of \`blocks\`, \`createdAt\`, \`kind\` and \`subject\`.
  \`evidence/files/\`: files, named by their SHA-256. They were brought by people and programs: open them with care.
- \`release.json\`: what the events add up to. \`playbook.json\`: what the release was made of. \`head.json\`: the last event.
- \`certificate.pdf\`, \`certificate.json\`, \`certificate.sig\`: the certificate, its data, and the seal over the data.
- \`checksums.json\`, \`checksums.sig\`: the SHA-256 of every other file, and the console's seal over that list.

## What this proves, and what not

- Nobody without the console's key can change one byte of this bundle, leave a file out or add one, without it being found.
- A signature with a **passkey** stands on the signer's own key, which neither the console nor its owner has. Its public key is
  in the manifest that it signed; that this key is the signer's is the console's word. Compare its fingerprint with what the
  signer can show.
- A signature with a **password** is the console's word that the signer gave their password at that moment. It stands on
  the console's key alone.
- Whoever owns both the console's database and its key could write another history and seal it anew, up to the passkeys'
  signatures. Against that stand heads (\`<seq>:<hash>\`) that somebody keeps outside the console: a history that was written
  anew does not lead through them. Whether the newest events were left out shows only by such a head too. The one of this
  bundle is ${head.seq}:${head.hash}.
- Times are those of the console's database. No time-stamping authority vouches for them.
`
}

function sealCommand(seal: string, file: string, keyId: string): string {
  return `openssl pkeyutl -verify -pubin -inkey keys/console-${keyId}.pem -rawin -in ${file} -sigfile ${seal}`
}

function passkeyPart(signed: readonly SignedEvent[]): string {
  const [first] = signed
  const base = first ? signatureBase(first.data) : ""
  return `What the signers' own passkeys signed. \`<key>\` is the \`passkeyId\` in the proof. For a key of the kind ES256 (\`algorithm\` -7) or
RS256 (-257):

    openssl dgst -sha256 -verify keys/passkey-<key>.pem -signature ${base}.passkey.sig ${base}.passkey.signed

and for EdDSA (-8):

    openssl pkeyutl -verify -pubin -inkey keys/passkey-<key>.pem -rawin -in ${base}.passkey.signed -sigfile ${base}.passkey.sig

The last 32 bytes of \`.passkey.signed\` are the SHA-256 of \`clientDataJson\` in the proof (base64url); its \`challenge\` is the
SHA-256 of the manifest, in base64url:

    openssl dgst -sha256 -binary ${base}.json | base64 | tr '+/' '-_' | tr -d '='

`
}

/** Names are others' text: none of it is markup here, nor a line of its own. */
function inert(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ").replace(/[\\`*_{}[\]()#+!|<>~-]/g, "\\$&")
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join("\n")
}
