/** One measured figure. `limit` is what it is compared with, measured in the same run; `ratio` is `value / limit`. */
export type Figure = { name: string; value: number; unit: string; limit: number | null; ratio: number | null }

/** Aim of a figure; printed beside it, never asserted: a slow machine is no fault of the code. */
export type Aim = { ratio?: Bounds; value?: Bounds }

type Bounds = { atLeast?: number; atMost?: number }

export type Report = (figure: Omit<Figure, 'ratio'>, aim?: Aim) => void

/** A benchmark measures and reports; `scale` shrinks its sizes for the short version in the tests (1: full size). */
export type Benchmark = (options: { scale: number; report: Report; note: (line: string) => void }) => Promise<void>

export const figure = ({ name, value, unit, limit }: Omit<Figure, 'ratio'>): Figure => ({
  name,
  value: round(value),
  unit,
  limit: limit === null ? null : round(limit),
  ratio: limit === null || limit === 0 ? null : round(value / limit),
})

/** Returns in words whether the aim is met; empty without one. */
export function judged({ value, ratio }: Figure, aim: Aim | undefined): string {
  if (!aim) return ''
  return [...verdicts(ratio ?? 0, aim.ratio, 'ratio '), ...verdicts(value, aim.value)].join(', ')
}

const verdicts = (value: number, { atLeast, atMost }: Bounds = {}, word = ''): string[] => [
  ...(atLeast === undefined ? [] : [`${word}>= ${atLeast}: ${value >= atLeast ? 'met' : 'MISSED'}`]),
  ...(atMost === undefined ? [] : [`${word}<= ${atMost}: ${value <= atMost ? 'met' : 'MISSED'}`]),
]

/** Three digits that matter, and all before the point. */
const round = (value: number) => Number(value >= 1000 ? value.toFixed(0) : value.toPrecision(3))

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

/** The value below which the given share (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const median = (samples: readonly number[]) => percentile(samples, 0.5)

/**
 * The pair whose ratio is the median one. What is measured and its limit alternate, so that a slow minute of the machine
 * meets both of a pair; medians taken apart would compare different minutes.
 */
export function medianPair(values: readonly number[], limits: readonly number[]): { value: number; limit: number } {
  const pairs = values.map((value, at) => ({ value, limit: limits[at] ?? Number.NaN }))
  const middle = median(pairs.map(({ value, limit }) => value / limit))
  return pairs.find(({ value, limit }) => value / limit === middle) ?? { value: Number.NaN, limit: Number.NaN }
}
