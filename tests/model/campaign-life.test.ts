import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Real } from './asks'
import { commands } from './commands'
import { type Door, openDoor } from './door'
import { beginnings } from './scenes'
import { modelOf } from './world'

// Without these, always the same lives; `npm run model` sets them.
const numberOf = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
const RUNS = numberOf('MODEL_RUNS', 300)
const COMMANDS = numberOf('MODEL_COMMANDS', 40)
const SEED = numberOf('MODEL_SEED', 20261129)
// Shows a shortened life again, together with the path.
const REPLAY = process.env.MODEL_REPLAY
// Only a search ends by the clock: what `npm test` plays, it plays whole.
const MINUTES = process.env.MODEL_MINUTES ? numberOf('MODEL_MINUTES', 60) : null

describe("a campaign's life", () => {
  let door: Door
  beforeAll(async () => {
    door = await openDoor()
  })
  afterAll(() => door.close())

  const patience = { timeout: ((MINUTES ?? 10) + 5) * 60_000 }
  it('goes by the rules, whatever happens in whatever order', patience, async () => {
    let lives = 0
    const life = fc.commands(commands, {
      maxCommands: COMMANDS,
      size: 'max',
      ...(REPLAY ? { replayPath: REPLAY } : {}),
    })
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
      {
        numRuns: RUNS,
        seed: SEED,
        path: process.env.MODEL_PATH,
        ...(MINUTES ? { interruptAfterTimeLimit: MINUTES * 60_000 } : {}),
      },
    )
    if (process.env.MODEL_RUNS) console.log(`${lives} sequences held, seed ${SEED}, fingerprint ${door.fingerprint()}`)
  })
})
