import type { EvidenceBlock } from "@/lib/contracts/evidence"

export type BlockOf<T extends EvidenceBlock["type"]> = Extract<EvidenceBlock, { type: T }>
