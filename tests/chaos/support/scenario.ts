import type { Figure, Report } from './report'
import type { OpenServer } from './stage'
import type { WebKind } from './web-process'

export type Sizes = Record<string, number>

/** Input of a run. Every random choice comes from `seed`. */
export type Setting<S extends Sizes> = { seed: number; sizes: S; server: OpenServer; web: WebKind }

export type Outcome = { figures: Figure[]; counts: Record<string, number | string>; notes?: string[] }

/** One of the figures of delivery that only a run can prove. */
export type Scenario<S extends Sizes = Sizes> = {
  id: string
  title: string
  /** As large as the promise, and small enough for `npm test`. */
  full: S
  short: S
  /** Why it cannot run on this machine, and what it needs; null where it can. */
  missing?(): string | null
  run(setting: Setting<S>): Promise<Outcome>
}

/** Keeps the sizes' names while scenarios of different sizes stand in one list. */
export const scenario = <S extends Sizes>(given: Scenario<S>): Scenario => given as unknown as Scenario

/** Runs it and returns what it found. */
export async function runScenario({ id, title, run }: Scenario, setting: Setting<Sizes>): Promise<Report> {
  const startedAt = performance.now()
  const { figures, counts, notes = [] } = await run(setting)
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  const ok = figures.every((figure) => figure.ok)
  return { id, title, seed: setting.seed, sizes: setting.sizes, ok, seconds, figures, counts, notes }
}
