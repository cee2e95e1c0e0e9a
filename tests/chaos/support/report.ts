/** Something counted, and what it had to be. */
export type Figure = { name: string; value: number; limit: string; ok: boolean }

/** Result of a scenario: one line of `npm run chaos -- --json`. */
export type Report = {
  id: string
  title: string
  seed: number
  sizes: Record<string, number>
  ok: boolean
  seconds: number
  figures: Figure[]
  /** Counted, without a limit: so that a reader sees what the run did. */
  counts: Record<string, number | string>
  /** Differences of the run from its title, and why that proves the same. */
  notes: string[]
}

export const exactly = (name: string, value: number, wanted: number): Figure => ({
  name,
  value,
  limit: `= ${wanted}`,
  ok: value === wanted,
})

export const atMost = (name: string, value: number, most: number): Figure => ({
  name,
  value,
  limit: `<= ${most}`,
  ok: value <= most,
})

export const atLeast = (name: string, value: number, least: number): Figure => ({
  name,
  value,
  limit: `>= ${least}`,
  ok: value >= least,
})
