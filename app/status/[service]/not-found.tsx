/** For strangers: it leads nowhere inside. */
export default function NotFound() {
  return (
    <main id="main" className="grid min-h-dvh place-content-center justify-items-center gap-2 p-6 text-center">
      <h1 className="font-semibold text-xl tracking-tight">There is no such page</h1>
      <p className="max-w-sm text-ink-2">The address is wrong, or its status is not public.</p>
    </main>
  )
}
