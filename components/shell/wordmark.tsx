/** `short`: on a phone the sign alone. */
export function Wordmark({ short }: { short?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-ink tracking-tight">
      <svg viewBox="0 0 20 20" className="size-5 text-accent" aria-hidden="true">
        <circle cx="10" cy="10" r="8.25" fill="none" stroke="currentColor" strokeWidth="1.5" opacity="0.45" />
        <path
          d="M10 1.75a8.25 8.25 0 1 1-7.6 5.04"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
        <circle cx="10" cy="10" r="3" fill="currentColor" />
      </svg>
      <span className={short ? "max-sm:hidden" : undefined}>Golive</span>
    </span>
  )
}
