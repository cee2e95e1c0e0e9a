import fc from 'fast-check'
import { doTo } from '../asks'
import { Asked, type Command, type Send, Several } from '../happenings'
import { several, withAnswers } from '../pieces'
import type { Answer } from '../wire'
import { type World, worlds } from '../world'

// What the beginnings of lives are put together from.

/** How a life begins: in a world that is made for what happens there first, or in any. */
export type Beginning = { world: World; scene: Command | null }

type Wanted = {
  startsAt?: number
  box?: Partial<World['mailboxes'][0]>
  campaigns?: readonly [Partial<World['campaigns'][0]>, Partial<World['campaigns'][0]>]
  batches?: number[][]
}
export const ALL = [0, 1, 2, 3, 4]
/** One less than a multiple of each number up to ten: the last turn, however many wait. */
export const LAST = 2519
const OPEN = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 24, holidays: [] }
/** Five leads, and mailboxes that send to all of them at any time. */
const worldsWith = ({ startsAt, box = {}, campaigns = [{}, {}], batches = [ALL, ALL] }: Wanted) =>
  worlds.map((world): World => {
    const [first, other = first] = world.mailboxes
    const open = (one: typeof first) => ({
      ...one,
      limit: null,
      ramp: null,
      gap: 0,
      connections: 8,
      window: { ...one.window, ...OPEN },
      ...box,
    })
    const own = world.campaigns.map((campaign, i) => ({
      ...campaign,
      limit: null,
      batches: [i],
      mailboxes: [0],
      stopCompany: false,
      ...campaigns[i],
    }))
    return {
      ...world,
      startsAt: startsAt ?? world.startsAt,
      leads: 5,
      batches,
      mailboxes: [open(first), open(other)],
      campaigns: own,
    }
  })
export const ask = (...asks: ConstructorParameters<typeof Asked>[0][]) => asks.map((one) => new Asked(one))
export const send = (said: readonly Answer[], job: Partial<Send> = {}) => withAnswers({ mailbox: 0, ...job }, said)
export const none: readonly Answer[] = []
export const scene = (wanted: Wanted, ...happenings: fc.Arbitrary<Command>[]): fc.Arbitrary<Beginning> =>
  fc.record({ world: worldsWith(wanted), scene: several(...happenings) })
export const the = (...commands: Command[]) => fc.constant(new Several(commands))
export const start = (c: number) => the(...ask(doTo('start', c)))
