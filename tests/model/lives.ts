import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Real } from './asks'
import { commands } from './commands'
import { type Door, openDoor } from './door'
import { beginnings } from './scenes/beginnings'
import { modelOf } from './world'

// Without these, always the same lives; `npm run model` sets them.
const numberOf = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
const RUNS = numberOf('MODEL_RUNS', 300)
const COMMANDS = numberOf('MODEL_COMMANDS', 40)
const SEED = numberOf('MODEL_SEED', 20261129)
// Shows a shortened life again, together with the path.
const { MODEL_PATH: PATH, MODEL_REPLAY: REPLAY } = process.env
// Only a search ends by the clock: what `npm test` plays, it plays whole.
const MINUTES = process.env.MODEL_MINUTES ? numberOf('MODEL_MINUTES', 60) : null

/** Files among which the lives are shared out, since one is played by one process. */
const PARTS = 3
// Parts of one run and of the next ones never begin with the same seed.
const SEEDS_APART = 1_000_003

/** Plays a part of the lives, 1 to 3; one that is shown again is the first one's alone. */
export function playLives(part: number): void {
  const runs = Math.floor((RUNS + part - 1) / PARTS)
  const seed = SEED + (part - 1) * SEEDS_APART
  describe.skipIf(runs === 0 || (PATH !== undefined && part > 1))(`a campaign's life, part ${part} of ${PARTS}`, () => {
    let door: Door
    beforeAll(async () => {
      door = await openDoor()
    })
    afterAll(() => door.close())

    const patience = { timeout: ((MINUTES ?? 3) + 5) * 60_000 }
    it('goes by the rules, whatever happens in whatever order', patience, async () => {
      const lives = await play(door, PATH === undefined ? runs : RUNS, seed)
      if (process.env.MODEL_RUNS)
        console.log(`${lives} sequences held, seed ${seed}, fingerprint ${door.fingerprint()}`)
    })
  })
}

async function play(door: Door, numRuns: number, seed: number): Promise<number> {
  let lives = 0
  const life = fc.commands(commands, { maxCommands: COMMANDS, size: 'max', ...(REPLAY ? { replayPath: REPLAY } : {}) })
  await fc.assert(
    fc.asyncProperty(beginnings, life, async ({ world, scene }, happenings) => {
      lives++
      const setup = async () => {
        await door.reset(world)
        const begun = { model: modelOf(world), real: { door, world, late: [] } satisfies Real }
        await scene?.run(begun.model, begun.real)
        return begun
      }
      await fc.asyncModelRun(setup, happenings)
    }),
    { numRuns, seed, path: PATH, ...(MINUTES ? { interruptAfterTimeLimit: MINUTES * 60_000 } : {}) },
  )
  return lives
}
