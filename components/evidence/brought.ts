/** What somebody dropped or pasted, to be added as evidence. */
export type Brought = { files: File[] } | { text: string }
