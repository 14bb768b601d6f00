/** A stream says nothing about why it closed. Who is not signed in any more is shown that, instead of a page that goes stale. */
export async function leaveIfSignedOut(): Promise<void> {
  const answer = await fetch("/api/v1/me", { headers: { accept: "application/json" } }).catch(() => null)
  if (answer?.status === 401) window.location.reload()
}
