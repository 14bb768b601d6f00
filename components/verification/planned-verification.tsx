"use client"
import { Commands } from "@/components/deploy/commands"
import { Disclosure } from "@/components/ui/disclosure"
import { Panel } from "@/components/ui/panel"
import { useSnapshot } from "@/lib/client/release-context"

/** What the playbook will have checked, before anything ran. */
export function PlannedVerification() {
  const { immediate, functional, watch } = useSnapshot((snapshot) => snapshot.playbook.verification)
  return (
    <>
      <Panel
        title="Immediate checks"
        aside={<span>{immediate.reduce((sum, group) => sum + group.checks.length, 0)}</span>}
      >
        <ul className="divide-y">
          {immediate.flatMap((group) =>
            group.checks.map((check) => (
              <li key={check.key} className="px-4 py-1.5 text-sm">
                <Disclosure
                  summary={
                    <>
                      {check.title} <span className="ml-auto text-ink-3 text-xs">{group.title}</span>
                    </>
                  }
                >
                  <Commands lines={[check.command]} />
                  <p className="mt-2 text-ink-2">Expect: {check.expect}</p>
                </Disclosure>
              </li>
            )),
          )}
        </ul>
      </Panel>
      <Panel title="Functional tests" aside={<span>{functional.length}</span>}>
        <ol className="divide-y">
          {functional.map((test) => (
            <li key={test.key} className="px-4 py-1.5 text-sm">
              <Disclosure summary={test.title}>
                <Commands lines={test.request.split("\n")} />
                <p className="mt-2 text-ink-2">Expect: {test.expect}</p>
              </Disclosure>
            </li>
          ))}
        </ol>
      </Panel>
      <Panel title="Watch" aside={<span>{watch.duration}</span>}>
        <ul className="divide-y">
          {watch.dashboard.map((limit) => (
            <li key={limit.key} className="flex justify-between gap-4 px-4 py-2.5 text-sm">
              {limit.title}
              <span className="text-right text-ink-2">{limit.limit}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}
