interface Fed {
  service: { key: string; name: string }
  asOf: string
  incidents: readonly FedIncident[]
  history: readonly FedIncident[]
}
interface FedIncident {
  updates: readonly { id: string; at: string; status: string; title: string; text: string }[]
}

/** What customers were told, as Atom (RFC 4287), the newest first. `pageUrl`: of the page for people. */
export function atomFeed({ service, asOf, incidents, history }: Fed, pageUrl: string): string {
  const updates = [...incidents, ...history].flatMap(({ updates }) => updates).sort((a, b) => (a.at < b.at ? 1 : -1))
  const page = xml(pageUrl)
  const entries = updates.map(
    ({ id, at, status, title, text }) => `  <entry>
    <id>urn:uuid:${xml(id)}</id>
    <title>${xml(`${title} (${status})`)}</title>
    <updated>${xml(at)}</updated>
    <link href="${page}"/>
    <content type="text">${xml(text)}</content>
  </entry>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${page}</id>
  <title>${xml(`${service.name} status`)}</title>
  <author><name>${xml(service.name)}</name></author>
  <updated>${xml(updates[0]?.at ?? asOf)}</updated>
  <link rel="self" href="${page}/feed.xml"/>
  <link rel="alternate" href="${page}"/>
${entries.join("\n")}
</feed>
`
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" }

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML 1.0 has no place for
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function xml(text: string): string {
  return text.replace(unfit, "").replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
