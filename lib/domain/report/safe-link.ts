/** Where a link in a report may lead; null: nowhere, its words are shown and that is all. */
export function safeLink(url: string): string | null {
  try {
    const { protocol, href } = new URL(url)
    return protocol === "https:" || protocol === "http:" || protocol === "mailto:" ? href : null
  } catch {
    return null
  }
}
