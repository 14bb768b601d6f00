/** Where the keyboard goes within an item's details. */
export type ItemPart = "note" | "evidence" | "comment" | "history"
