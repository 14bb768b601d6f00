import { Kbd } from "@/components/ui/kbd"

const groups = [
  {
    title: "Anywhere",
    keys: [
      ["⌘ K", "Command palette"],
      ["t", "Timeline beside the page"],
      [
        "g c · g s · g d · g v · g r · g i · g a · g t",
        "Checklist, sign-offs, deploy, verify, rollback, incident, after, timeline",
      ],
      ["i", "Declare an incident, or go to the one that is open"],
      ["a", "Acknowledge it; on its page then resolve it"],
      ["g w", "My work"],
      ["?", "This list"],
    ],
  },
  {
    title: "Checklist",
    keys: [
      ["j · k", "Next and previous item"],
      ["x", "Tick or untick"],
      ["p", "Prove with its check"],
      ["⇧ P", "Prove everything that does not hold"],
      ["e", "Add evidence"],
      ["c", "Comment; @ calls somebody"],
      ["h", "History"],
      ["n", "Write a note"],
      ["Enter", "Open the details"],
      ["/", "Filter"],
    ],
  },
  {
    title: "Rounds",
    keys: [
      ["j · k", "Next and previous thing to look at"],
      ["x", "Fine"],
      ["n", "Not fine"],
    ],
  },
] as const

export function KeyboardHelp() {
  return (
    <div className="grid gap-5">
      {groups.map((group) => (
        <section key={group.title}>
          <h3 className="mb-1 text-ink-3 text-xs">{group.title}</h3>
          <dl className="divide-y">
            {group.keys.map(([keys, words]) => (
              <div key={keys} className="flex min-h-9 items-center justify-between gap-4 text-sm">
                <dt className="order-2 flex flex-wrap justify-end gap-1">
                  {keys.split(" · ").map((one) => (
                    <Kbd key={one}>{one}</Kbd>
                  ))}
                </dt>
                <dd className="order-1">{words}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
