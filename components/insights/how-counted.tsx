import { Disclosure } from "@/components/ui/disclosure"

const definitions: [string, string][] = [
  [
    "Went live",
    "The first switch of a release to its version lies in the span. A rollback's own switch does not count.",
  ],
  ["Deployment frequency", "Releases that went live, divided by the length of the span in weeks."],
  [
    "Lead time",
    "From when the release was made to its first switch. From the oldest commit: that is in it and was not live before, where this console has a copy of the repository. Median, and the time within which 9 of 10 were live.",
  ],
  [
    "Change failure rate",
    "Of the releases that went live: those for which a rollback was decided after the switch, or in which a critical or high incident began after the switch and before the release was closed. Severity is the last one it had.",
  ],
  [
    "Time to restore",
    "Of critical and high incidents that began in the span: from their start to when they were resolved. Those that go on are named, and not counted. A rollback: from the decision to “the previous version answers, and is verified”, of those verified in the span.",
  ],
  [
    "Slowest sign-offs",
    "For every signature given in the span: from when the checklist was complete, without a break until then, or else from when the release was made. Signatures that became void count as given.",
  ],
  [
    "Flakiest checks",
    "Results of automatic checks. A flip is a result that is not that of the run before, within one release: that is always of one commit. Durations are from when the check was asked for to its result. Checks that gave no result are not counted.",
  ],
  ["Before", "The span just as long that ends where this one begins. Weeks begin on Mondays, 00:00 UTC."],
]

export function HowCounted() {
  return (
    <Disclosure summary="How is this counted?">
      <dl className="grid max-w-3xl gap-3 pb-4 text-sm">
        {definitions.map(([term, words]) => (
          <div key={term}>
            <dt className="font-medium">{term}</dt>
            <dd className="text-ink-2">{words}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  )
}
