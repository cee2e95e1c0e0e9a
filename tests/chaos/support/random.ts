import { createHash } from 'node:crypto'

export type Random = {
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  pick<T>(items: readonly T[]): T
}

/** The same choices for the same seed: mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return { int, pick: (items) => items[int(0, items.length - 1)] as (typeof items)[number] }
}

/** A number in [0, 1) that belongs to this text for this seed, in whatever order texts come. */
export const shareOf = (seed: number, text: string): number =>
  createHash('sha256').update(`${seed}:${text}`).digest().readUInt32BE(0) / 2 ** 32
