/**
 * Counts of the leads that a source found, by what became of them. `found` is always the sum of the five that follow.
 */
export type Yield = {
  found: number
  added: number
  /** Not new: a lead already (`existing`), or found twice in this run. */
  duplicate: number
  /** No usable address; `noAddress` of them none at all, as companies without anybody to write to. */
  invalid: number
  suppressed: number
  /** Came with the last response, beyond what a run may find. */
  overCap: number
  existing: number
  noAddress: number
  /** Known from before and so not paid for again; not part of `found`, and no use of the cap. */
  seen: number
  /** HTTP requests, retries included. */
  requests: number
  /** May be fractional. */
  credits: number
  /** Paid requests whose response was lost: they may have been served, and are not made again in this run. */
  inDoubt: number
}

export const EMPTY_YIELD: Yield = {
  found: 0,
  added: 0,
  duplicate: 0,
  invalid: 0,
  suppressed: 0,
  overCap: 0,
  existing: 0,
  noAddress: 0,
  seen: 0,
  requests: 0,
  credits: 0,
  inDoubt: 0,
}

const COUNTS = Object.keys(EMPTY_YIELD) as (keyof Yield)[]

/** The yields together. */
export function sumYields(yields: Iterable<Yield>): Yield {
  const sum = { ...EMPTY_YIELD }
  for (const one of yields) for (const count of COUNTS) sum[count] += one[count]
  return sum
}

/** True when every lead that was found is accounted for exactly once. */
export const balances = ({ found, added, duplicate, invalid, suppressed, overCap }: Yield): boolean =>
  found === added + duplicate + invalid + suppressed + overCap
